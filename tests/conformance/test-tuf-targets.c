/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the public conformance suite asks about targets and delegations, in our own words, with the
 * exact requests each time. */

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "tuf-stage.h"

#define COLD "2.root.json timestamp.json 1.snapshot.json 1.targets.json"
#define UNCHANGED "2.root.json timestamp.json"
#define CONTENTS "what was signed"

static char *
dup_hashed (const char *folder, const char *contents, const char *name)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, contents, -1);

  return g_strdup_printf ("%s%s.%s", folder, hash, name);
}

/* Adds a target to @role and puts it where the client looks. */
static char *
add_target (TufStage *stage, const char *role, const char *name, const char *contents)
{
  char *path = dup_hashed ("", contents, name);

  tomo_test_repo_add_target (stage->repo, role, name, contents);
  tuf_stage_put_target (stage, path, contents);
  return path;
}

/* A target is fetched once; while it is there and right it is not fetched again, and when it
 * changes it is. */
static void
test_cache (TufStage *stage, gconstpointer data)
{
  g_autofree char *path = add_target (stage, "targets", "file", CONTENTS);
  g_autofree char *requests = g_strdup_printf (COLD " /targets/%s", path);

  tuf_stage_publish (stage);
  tuf_stage_init (stage);
  tuf_stage_download (stage, "file", 0, requests);
  tuf_stage_download (stage, "file", 0, UNCHANGED);

  for (int version = 2; version < 5; version++)
    {
      g_autofree char *contents = g_strdup_printf ("contents of version %d", version);
      g_autofree char *new_path = add_target (stage, "targets", "file", contents);
      g_autofree char *new_requests = g_strdup_printf (
          UNCHANGED " %d.snapshot.json %d.targets.json /targets/%s", version, version, new_path);
      tuf_stage_publish_next (stage, "targets");
      tuf_stage_download (stage, "file", 0, new_requests);
      g_autofree char *got = tuf_stage_dup_target (stage, "file");
      g_assert_cmpstr (got, ==, contents);
    }
}

/* What is not exactly what was signed is not kept, nor what is not there at all. */
static void
test_refused (TufStage *stage, gconstpointer data)
{
  static const char *const wrong[] = { "what was signee", "what was signed and more", "what was",
                                       "" };
  g_autofree char *path = add_target (stage, "targets", "file", CONTENTS);

  tuf_stage_publish (stage);
  tuf_stage_init (stage);
  for (size_t i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      tuf_stage_put_target (stage, path, wrong[i]);
      tuf_stage_download (stage, "file", 1, NULL);
      g_assert_null (tuf_stage_dup_target (stage, "file"));
    }
  g_hash_table_remove_all (stage->published);
  tuf_stage_publish (stage);
  tuf_stage_download (stage, "file", 1, NULL);
  tuf_stage_download (stage, "unknown", 1, UNCHANGED);
  g_assert_null (tuf_stage_dup_target (stage, "file"));

  /* A damaged copy is fetched again. */
  tuf_stage_put_target (stage, path, CONTENTS);
  g_autofree char *local = g_build_filename (stage->target_dir, "file", NULL);
  g_assert_true (g_file_set_contents (local, "damaged", -1, NULL));
  tuf_stage_download (stage, "file", 0, NULL);
  g_autofree char *got = tuf_stage_dup_target (stage, "file");
  g_assert_cmpstr (got, ==, CONTENTS);
}

/* SHA-512 alone is enough, and if there are two hashes, both must be right. */
static void
test_hashes (TufStage *stage, gconstpointer data)
{
  g_autofree char *sha512 = g_compute_checksum_for_string (G_CHECKSUM_SHA512, CONTENTS, -1);
  g_autofree char *zeros = g_strnfill (128, '0');
  json_t *targets = json_object_get (tomo_test_repo_get (stage->repo, "targets"), "targets");
  g_autofree char *both = add_target (stage, "targets", "both", CONTENTS);

  json_object_set_new (
      targets, "long",
      json_pack ("{s:i, s:{s:s}}", "length", (int) strlen (CONTENTS), "hashes", "sha512", sha512));
  json_object_set_new (json_object_get (json_object_get (targets, "both"), "hashes"), "sha512",
                       json_string (zeros));
  g_autofree char *path = g_strconcat (sha512, ".long", NULL);
  tuf_stage_put_target (stage, path, CONTENTS);
  tuf_stage_publish (stage);
  tuf_stage_init (stage);
  tuf_stage_download (stage, "long", 0, NULL);
  tuf_stage_download (stage, "both", 1, NULL);
}

/* Names are percent-encoded in URLs and in the folder, and never lead out of it. */
static void
test_quoting (TufStage *stage, gconstpointer data)
{
  static const struct
  {
    const char *role;
    const char *encoded;
  } rows[] = {
    { "?", "%3F" },
    { "#", "%23" },
    { "/delegated", "%2Fdelegated" },
    { "../delegated", "..%2Fdelegated" },
    { "\xc3\xbc"
      "ber",
      "%C3%BCber" },
    { "100%41 of \"it\"", "100%2541%20of%20%22it%22" },
    { "1.root", "1.root" },
    { ".", "." },
    { "..", ".." },
    { "~.-_", "~.-_" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      TufStage own = { NULL };
      g_autofree char *target = g_strdup_printf ("dir/a %s?b#%%c", i % 2 == 0 ? "\xc3\xa9" : "+&");
      g_autofree char *encoded = g_uri_escape_string (target, "/", FALSE);
      g_autofree char *path = dup_hashed ("dir/", CONTENTS, encoded + strlen ("dir/"));
      g_autofree char *requests =
          g_strdup_printf (COLD " 1.%s.json /targets/%s", rows[i].encoded, path);

      g_test_message ("%s", rows[i].role);
      tuf_stage_set_up (&own, NULL);
      tuf_stage_delegate (&own, "targets", rows[i].role, "[\"dir/*\"]", FALSE);
      tomo_test_repo_add_target (own.repo, rows[i].role, target, CONTENTS);
      tuf_stage_put_target (&own, path, CONTENTS);
      tuf_stage_publish (&own);
      tuf_stage_init (&own);
      tuf_stage_download (&own, target, 0, requests);
      g_assert_cmpint (tuf_stage_get_kept_version (&own, rows[i].role), ==, 1);
      tuf_stage_download (&own, target, 0, UNCHANGED);
      tuf_stage_tear_down (&own, NULL);
    }
}

/* A link where something is to be written is replaced, not followed. */
static void
test_links (TufStage *stage, gconstpointer data)
{
  g_autofree char *path = add_target (stage, "targets", "file", CONTENTS);
  g_autofree char *outside = g_build_filename (g_get_user_data_dir (), "outside", NULL);
  g_autofree char *target = g_build_filename (stage->target_dir, "file", NULL);
  g_autofree char *timestamp = g_build_filename (stage->metadata_dir, "timestamp.json", NULL);
  g_autofree char *contents = NULL;

  g_assert_cmpint (g_mkdir_with_parents (g_get_user_data_dir (), 0700), ==, 0);
  g_assert_true (g_file_set_contents (outside, "mine", -1, NULL));
  g_assert_cmpint (symlink (outside, target), ==, 0);
  g_assert_cmpint (symlink (outside, timestamp), ==, 0);
  tuf_stage_publish (stage);
  tuf_stage_init (stage);
  tuf_stage_download (stage, "file", 0, NULL);

  g_assert_true (g_file_get_contents (outside, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "mine");
  g_assert_false (g_file_test (target, G_FILE_TEST_IS_SYMLINK));
  g_assert_cmpint (tuf_stage_get_kept_version (stage, "timestamp"), ==, 1);
}

/* The search goes through the graph in pre-order, once to each role, no further than a terminating
 * delegation, and asks for nothing that it does not need. */
static void
test_graphs (TufStage *stage, gconstpointer data)
{
  static const struct
  {
    const char *graph; /* delegator>role, with ‘!’ if terminating and ‘-’ if for other paths */
    const char *holder; /* (nullable): who lists the target */
    const char *roles;  /* whose files are asked for */
  } rows[] = {
    { "targets>A", NULL, "A" },
    { "targets>A targets>B targets>C", NULL, "A B C" },
    { "targets>A targets>B targets>C", "B", "A B" },
    { "targets>A targets>B", "targets", "" },
    { "targets>A A>B A>C targets>D", NULL, "A B C D" },
    { "targets>C targets>A A>B", NULL, "C A B" },
    { "targets>A A>B B>C C>D", "D", "A B C D" },
    { "targets>A! targets>B", NULL, "A" },
    { "targets>A! A>B A>C targets>D", NULL, "A B C" },
    { "targets>A A>B! A>C targets>D", NULL, "A B" },
    { "targets>A targets>B! targets>C", NULL, "A B" },
    { "targets>A! targets>B", "B", "A" },
    { "targets>A- targets>B", "B", "B" },
    { "targets>A- targets>B", "A", "B" },
    { "targets>A-! targets>B", "B", "B" },
    { "targets>A A>B- targets>C", "B", "A C" },
    { "targets>A A>B B>A targets>C", NULL, "A B C" },
    { "targets>A A>A targets>B", "B", "A B" },
    { "targets>A targets>B A>C B>C", NULL, "A C B" },
    { "targets>A targets>B A>C- B>C", "C", "A B C" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      TufStage own = { NULL };
      g_auto(GStrv) edges = g_strsplit (rows[i].graph, " ", -1);
      g_auto(GStrv) roles = g_strsplit (rows[i].roles, " ", -1);
      g_autofree char *path = dup_hashed ("", CONTENTS, "file");
      g_autoptr(GString) requests = g_string_new (COLD);

      g_test_message ("%s, in %s", rows[i].graph, rows[i].holder);
      tuf_stage_set_up (&own, NULL);
      for (size_t j = 0; edges[j] != NULL; j++)
        {
          char *role = strchr (edges[j], '>') + 1;
          gboolean is_terminating = strchr (role, '!') != NULL;
          gboolean is_for_others = strchr (role, '-') != NULL;
          role[-1] = '\0';
          role[strcspn (role, "!-")] = '\0';
          tuf_stage_delegate (&own, edges[j], role, is_for_others ? "[\"other\"]" : "[\"f*\"]",
                              is_terminating);
        }
      for (size_t j = 0; roles[j] != NULL; j++)
        if (*roles[j] != '\0')
          g_string_append_printf (requests, " 1.%s.json", roles[j]);
      gboolean is_found =
          rows[i].holder != NULL && (g_str_equal (rows[i].holder, "targets") ||
                                     g_strv_contains ((const char *const *) roles, rows[i].holder));
      if (rows[i].holder != NULL)
        tomo_test_repo_add_target (own.repo, rows[i].holder, "file", CONTENTS);
      if (is_found)
        g_string_append_printf (requests, " /targets/%s", path);
      tuf_stage_put_target (&own, path, CONTENTS);
      tuf_stage_publish (&own);
      tuf_stage_init (&own);
      tuf_stage_download (&own, "file", is_found ? 0 : 1, requests->str);
      tuf_stage_tear_down (&own, NULL);
    }
}

/* A search goes on through as many roles as there may be; others stop after 32 without a word. */
static void
test_many (TufStage *stage, gconstpointer data)
{
  g_autoptr(GString) requests = g_string_new (COLD);
  g_autofree char *path = dup_hashed ("", CONTENTS, "file");

  for (unsigned int i = 0; i < 40; i++)
    {
      g_autofree char *role = g_strdup_printf ("role-%u", i);
      tuf_stage_delegate (stage, "targets", role, "[\"*\"]", FALSE);
      g_string_append_printf (requests, " 1.%s.json", role);
    }
  tomo_test_repo_add_target (stage->repo, "role-39", "file", CONTENTS);
  tuf_stage_put_target (stage, path, CONTENTS);
  tuf_stage_publish (stage);
  tuf_stage_init (stage);
  g_string_append_printf (requests, " /targets/%s", path);
  tuf_stage_download (stage, "file", 0, requests->str);
}

/* Of hash bins, and of prefixes of hashes, only the one that a path belongs to is asked for. */
static void
test_hashed (TufStage *stage, gconstpointer data)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "file", -1);
  g_autofree char *path = dup_hashed ("", CONTENTS, "file");
  json_t *root_of_all = tomo_test_repo_get (stage->repo, "targets");

  tuf_stage_delegate (stage, "targets", "low", "[]", TRUE);
  tuf_stage_delegate (stage, "targets", "high", "[]", TRUE);
  json_t *roles = json_object_get (json_object_get (root_of_all, "delegations"), "roles");
  for (size_t i = 0; i < 2; i++)
    {
      g_autofree char *digit =
          g_strdup_printf ("%x", (g_ascii_xdigit_value (hash[0]) + 8 * (i == 0)) % 16);
      json_t *prefixes = json_array ();
      json_array_append_new (prefixes, json_string (digit));
      json_object_del (json_array_get (roles, i), "paths");
      json_object_set_new (json_array_get (roles, i), "path_hash_prefixes", prefixes);
    }

  /* The one that is right hands on to bins. */
  g_autofree char *bin = g_strdup_printf ("bin-%c", hash[0]);
  tuf_stage_delegate (stage, "high", bin, "[]", TRUE);
  json_t *delegations = json_object_get (tomo_test_repo_get (stage->repo, "high"), "delegations");
  json_t *role = json_array_get (json_object_get (delegations, "roles"), 0);
  json_object_set_new (delegations, "succinct_roles",
                       json_pack ("{s:O, s:i, s:i, s:s}", "keyids",
                                  json_object_get (role, "keyids"), "threshold", 1, "bit_length", 4,
                                  "name_prefix", "bin"));
  json_object_del (delegations, "roles");
  tomo_test_repo_add_target (stage->repo, bin, "file", CONTENTS);
  tuf_stage_put_target (stage, path, CONTENTS);
  tuf_stage_publish (stage);
  tuf_stage_init (stage);
  g_autofree char *requests =
      g_strdup_printf (COLD " 1.high.json 1.%s.json /targets/%s", bin, path);
  tuf_stage_download (stage, "file", 0, requests);
}

/* A role that two others delegate to is verified with the keys of the one that leads to it, also
 * when it lies in the folder since the other led there. */
static void
test_two_delegators (TufStage *stage, gconstpointer data)
{
  g_autofree char *a = dup_hashed ("a/", CONTENTS, "x");
  g_autofree char *b = dup_hashed ("b/", CONTENTS, "x");
  g_autofree char *requests = g_strdup_printf (COLD " 1.a.json 1.both.json /targets/%s", a);

  tuf_stage_delegate (stage, "targets", "a", "[\"a/*\"]", FALSE);
  tuf_stage_delegate (stage, "targets", "b", "[\"b/*\"]", FALSE);
  tuf_stage_delegate (stage, "a", "both", "[\"*/*\"]", FALSE);
  tuf_stage_delegate (stage, "b", "both", "[\"*/*\"]", FALSE);
  tomo_test_repo_change (stage->repo, "b", "delegations/keys", "{}");
  tomo_test_repo_add_target (stage->repo, "both", "a/x", CONTENTS);
  tomo_test_repo_add_target (stage->repo, "both", "b/x", CONTENTS);
  tuf_stage_put_target (stage, a, CONTENTS);
  tuf_stage_put_target (stage, b, CONTENTS);
  tuf_stage_publish (stage);
  tuf_stage_init (stage);

  tuf_stage_download (stage, "a/x", 0, requests);
  tuf_stage_download (stage, "b/x", 1, UNCHANGED " 1.b.json 1.both.json");
  tuf_stage_download (stage, "a/x", 0, UNCHANGED);
}

/* A partner's file that was kept and has expired since is no answer; a newer one is. */
static void
test_renewed (TufStage *stage, gconstpointer data)
{
  g_autofree char *path = dup_hashed ("jp/", CONTENTS, "x");
  g_autofree char *kept = g_build_filename (stage->metadata_dir, "jp.json", NULL);
  g_autofree char *requests =
      g_strdup_printf (UNCHANGED " 2.snapshot.json 2.jp.json /targets/%s", path);

  tuf_stage_delegate (stage, "targets", "jp", "[\"jp/*\"]", TRUE);
  tomo_test_repo_add_target (stage->repo, "jp", "jp/x", CONTENTS);
  tomo_test_repo_change (stage->repo, "jp", "expires", TUF_STAGE_PAST);
  tuf_stage_put_target (stage, path, CONTENTS);
  tuf_stage_publish (stage);
  tuf_stage_init (stage);
  g_autoptr(GBytes) expired = tomo_test_repo_sign (stage->repo, "jp");
  g_assert_true (g_file_set_contents (kept, g_bytes_get_data (expired, NULL),
                                      (gssize) g_bytes_get_size (expired), NULL));
  tuf_stage_download (stage, "jp/x", 1, COLD " 1.jp.json");

  tomo_test_repo_change (stage->repo, "jp", "expires", TUF_STAGE_FUTURE);
  tuf_stage_publish_next (stage, "jp");
  tuf_stage_download (stage, "jp/x", 0, requests);
  g_assert_cmpint (tuf_stage_get_kept_version (stage, "jp"), ==, 2);
}

/* A partner's file that expired, is not signed or is not the listed one is refused, with what it
 * lists; others are not touched by that. */
static void
test_delegated_refused (TufStage *stage, gconstpointer data)
{
  static const struct
  {
    const char *pointer;
    const char *json;
  } rows[] = {
    { "expires", TUF_STAGE_PAST },
    { "version", "7" },
    { "spec_version", "\"2.0.0\"" },
    { "_type", "\"root\"" },
  };

  for (size_t i = 0; i <= G_N_ELEMENTS (rows); i++)
    {
      TufStage own = { NULL };

      tuf_stage_set_up (&own, NULL);
      tuf_stage_delegate (&own, "targets", "jp", "[\"jp/*\"]", TRUE);
      tuf_stage_delegate (&own, "targets", "th", "[\"th/*\"]", TRUE);
      tomo_test_repo_add_target (own.repo, "jp", "jp/x", CONTENTS);
      tomo_test_repo_add_target (own.repo, "th", "th/x", CONTENTS);
      g_autofree char *jp = dup_hashed ("jp/", CONTENTS, "x");
      g_autofree char *th = dup_hashed ("th/", CONTENTS, "x");
      tuf_stage_put_target (&own, jp, CONTENTS);
      tuf_stage_put_target (&own, th, CONTENTS);
      tuf_stage_publish (&own);
      if (i < G_N_ELEMENTS (rows))
        tomo_test_repo_change (own.repo, "jp", rows[i].pointer, rows[i].json);
      g_autoptr(GPtrArray) nobody = g_ptr_array_new ();
      g_autoptr(GBytes) bytes = i < G_N_ELEMENTS (rows)
                                     ? tomo_test_repo_sign (own.repo, "jp")
                                     : tomo_test_repo_sign_with (own.repo, "jp", nobody);
      g_hash_table_replace (own.published, g_strdup ("/metadata/1.jp.json"),
                            g_steal_pointer (&bytes));
      tuf_stage_init (&own);
      tuf_stage_download (&own, "jp/x", 1, COLD " 1.jp.json");
      g_assert_cmpint (tuf_stage_get_kept_version (&own, "jp"), ==, 0);
      tuf_stage_download (&own, "th/x", 0, NULL);
      tuf_stage_tear_down (&own, NULL);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(name, func)                                                                            \
  g_test_add ("/tuf-targets/" name, TufStage, NULL, tuf_stage_set_up, func, tuf_stage_tear_down)
  ADD ("cache", test_cache);
  ADD ("refused", test_refused);
  ADD ("hashes", test_hashes);
  ADD ("quoting", test_quoting);
  ADD ("links", test_links);
  ADD ("graphs", test_graphs);
  ADD ("many", test_many);
  ADD ("hashed", test_hashed);
  ADD ("two-delegators", test_two_delegators);
  ADD ("renewed", test_renewed);
  ADD ("delegated-refused", test_delegated_refused);
  return g_test_run ();
}
