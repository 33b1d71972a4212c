/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/publish/tomo-partner-request.h"

#include <string.h>

#include "core/tomo-error.h"
#include "tests/author/publish/tomo-rehearsal.h"

#define DAY ((int64_t) 24 * 60 * 60)

typedef struct
{
  GPtrArray *keys;             /* (owned) (element-type TomoPrivateKey) */
  TomoPartnerRequest *request; /* (owned) */
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  static const char *domains[] = { "example.org", "example.com", NULL };

  self->keys = tomo_rehearsal_make_keys (3);
  self->request = g_new0 (TomoPartnerRequest, 1);
  self->request->partner = g_strdup ("jp");
  self->request->name = g_strdup ("jp の発行者");
  self->request->language = g_strdup ("ja");
  self->request->territory = g_strdup ("JP");
  self->request->domains = g_strdupv ((char **) domains);
  self->request->keys = tomo_rehearsal_signers (self->keys, 2);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_ptr_array_unref (self->keys);
  tomo_partner_request_free (self->request);
}

static GBytes *
write_request (Fixture *self)
{
  g_autoptr(GError) error = NULL;
  GBytes *bytes =
      tomo_partner_request_write (self->request, self->keys, TOMO_REHEARSAL_NOW, &error);

  g_assert_no_error (error);
  return bytes;
}

/* The hub reads what the partner wrote, and sees which keys have signed it. */
static void
test_partner_request_round_trip (Fixture *self, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_ptr_array_remove_index (self->keys, 1);
  g_autoptr(GBytes) bytes = write_request (self);
  g_autoptr(TomoPartnerRequest) read =
      tomo_partner_request_parse (bytes, "request", TOMO_REHEARSAL_NOW, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (read->partner, ==, "jp");
  g_assert_cmpstr (read->name, ==, "jp の発行者");
  g_assert_cmpstr (read->language, ==, "ja");
  g_assert_cmpstr (read->territory, ==, "JP");
  g_assert_cmpstrv (read->domains, self->request->domains);
  g_assert_cmpuint (read->keys->threshold, ==, 2);
  g_assert_cmpuint (read->keys->keys->len, ==, 3);
  g_assert_true (tomo_role_file_is_signed_by (read->file, read->keys, 0));
  g_assert_false (tomo_role_file_is_signed_by (read->file, read->keys, 1));
  g_assert_true (tomo_role_file_is_signed_by (read->file, read->keys, 2));
}

/* What changed on the way, or was put together by somebody else, is refused by name. */
static void
test_partner_request_hostile (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *name;
    const char *from;
    const char *to;
    TomoError code;
  } rows[] = {
    { "another name", "\"name\":\"jp", "\"name\":\"xx", TOMO_ERROR_UNTRUSTED },
    { "a lower threshold", "\"threshold\":2", "\"threshold\":1", TOMO_ERROR_UNTRUSTED },
    { "no threshold", "\"threshold\":2", "\"threshold\":0", TOMO_ERROR_INVALID_DATA },
    { "a domain more", "[\"example.org\"", "[\"example.net\",\"example.org\"",
      TOMO_ERROR_UNTRUSTED },
    { "no domain", "[\"example.org\"", "[\"example\"", TOMO_ERROR_INVALID_DATA },
    { "a number for a domain", "[\"example.org\"", "[7", TOMO_ERROR_INVALID_DATA },
    { "a role of the hub", "\"partner\":\"jp\"", "\"partner\":\"targets\"",
      TOMO_ERROR_INVALID_DATA },
    { "a joint name", "\"partner\":\"jp\"", "\"partner\":\"jp-th\"", TOMO_ERROR_INVALID_DATA },
    { "a path", "\"partner\":\"jp\"", "\"partner\":\"../jp\"", TOMO_ERROR_INVALID_DATA },
    { "a device", "\"partner\":\"jp\"", "\"partner\":\"con\"", TOMO_ERROR_INVALID_DATA },
    { "a name of two lines", "\"name\":\"jp", "\"name\":\"jp\\nxx", TOMO_ERROR_INVALID_DATA },
    { "an escape sequence", "\"name\":\"jp", "\"name\":\"jp\\u001b[2J", TOMO_ERROR_INVALID_DATA },
    { "a turned name", "\"name\":\"jp", "\"name\":\"jp\\u202e", TOMO_ERROR_INVALID_DATA },
    { "no language", "\"language\":\"ja\"", "\"language\":\"xx-xx-xx\"", TOMO_ERROR_INVALID_DATA },
    { "no country", "\"territory\":\"JP\"", "\"territory\":\"jp\"", TOMO_ERROR_INVALID_DATA },
    { "a role file", "x-tomoshibi-partner-request", "targets", TOMO_ERROR_INVALID_DATA },
    { "a later format", "\"format\":1", "\"format\":2", TOMO_ERROR_UNSUPPORTED },
    { "not JSON", "\"format\":1", "\"format\":", TOMO_ERROR_INVALID_DATA },
  };
  g_autoptr(GBytes) bytes = write_request (self);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  for (size_t i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GString) changed = g_string_new (text);
      g_test_message ("%s", rows[i].name);
      g_assert_cmpuint (g_string_replace (changed, rows[i].from, rows[i].to, 1), ==, 1);
      g_autoptr(GBytes) hostile = g_bytes_new (changed->str, changed->len);

      g_assert_null (tomo_partner_request_parse (hostile, "request", TOMO_REHEARSAL_NOW, &error));
      g_assert_error (error, TOMO_ERROR, (int) rows[i].code);
      g_assert_true (g_str_is_ascii (error->message) || g_utf8_validate (error->message, -1, NULL));
      g_assert_null (strpbrk (error->message, "\033\n"));
    }
}

/* A request without a signature could be anybody's, and an old one may be out of somebody's bin. */
static void
test_partner_request_unsigned_or_old (Fixture *self, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = write_request (self);
  g_assert_null (
      tomo_partner_request_parse (bytes, "request", TOMO_REHEARSAL_NOW + 91 * DAY, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_STALE);
  g_clear_error (&error);

  g_autoptr(GPtrArray) none = g_ptr_array_new ();
  g_autoptr(GBytes) naked =
      tomo_partner_request_write (self->request, none, TOMO_REHEARSAL_NOW, &error);
  g_assert_no_error (error);
  g_assert_null (tomo_partner_request_parse (naked, "request", TOMO_REHEARSAL_NOW, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_UNTRUSTED);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("/partner-request/round-trip", test_partner_request_round_trip);
  ADD ("/partner-request/hostile", test_partner_request_hostile);
  ADD ("/partner-request/unsigned-or-old", test_partner_request_unsigned_or_old);
  return g_test_run ();
}
