/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Loaded before tomoctl, so that libcurl trusts the certificate of the measurements' own server:
 * which authorities a machine trusts is the machine's setting, and nothing here needs root to
 * change it. TOMO_BENCH_CA names the file. */

#include <curl/curl.h>
#include <dlfcn.h>
#include <stdlib.h>

CURL *
curl_easy_init (void)
{
  CURL *(*real_init) (void) = (CURL * (*) (void) ) dlsym (RTLD_NEXT, "curl_easy_init");
  CURL *easy = real_init ();
  const char *authorities = getenv ("TOMO_BENCH_CA");

  if (easy != NULL && authorities != NULL)
    curl_easy_setopt (easy, CURLOPT_CAINFO, authorities);
  return easy;
}
