/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/pack/tomo-letters.h"

/* A reader of each script would count the same, whatever ICU the machine has. */
static void
test_letters_vectors (void)
{
  static const struct
  {
    const char *text;
    unsigned int n_letters;
  } vectors[] = {
    { "", 0 },
    { "a", 1 },
    { "Make it long", 12 },
    { "a\r\nb", 3 },
    { "Zurück", 6 },
    { "Zuru\u0308ck", 6 },
    { "パスワード", 5 },
    { "か\u3099", 1 },
    { "한국어", 3 },
    { "\u1112\u1161\u11ab", 1 },
    { "ที่นี่", 2 },
    { "น้ำ", 1 },
    { "ຮູ້", 1 },
    { "मुझे", 2 },
    { "क्षमा", 2 },
    { "क्\u200dष", 1 },
    { "जगत्", 3 },
    { "जगत् है", 5 },
    { "শ্রী", 1 },
    { "க்க", 2 },
    { "ខ្មែរ", 2 },
    { "ဗုဒ္ဓ", 2 },
    { "مُحَمَّد", 4 },
    { "👩\u200d👩\u200d👧", 1 },
    { "🇯🇵🇹🇭", 2 },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_test_message ("%s", vectors[i].text);
      g_assert_cmpuint (tomo_letters_count (vectors[i].text), ==, vectors[i].n_letters);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/letters/vectors", test_letters_vectors);
  return g_test_run ();
}
