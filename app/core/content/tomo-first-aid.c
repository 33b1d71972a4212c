/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/content/tomo-first-aid.h"

/* Marks a sentence for who collects what is to be translated; this layer translates nothing. */
#define N_(sentence) (sentence)

/* The words are the program’s, so that they are there without any campaign, in every language the
 * program has, and name no number and no authority: those differ by country, and are wrong one
 * day. The order is that of urgency: what can still be stopped, first; then what keeps the
 * evidence; then whom to tell. The first step of each can be done within a minute. */
typedef struct
{
  const char *id;
  const char *title; /* marked for translation, as all below */
  const char *detail;
  const char *steps[TOMO_FIRST_AID_MAX_STEPS];
  const char *comfort;
} Entry;

/* clang-format off */
static const Entry entries[] = {
  [TOMO_FIRST_AID_MONEY] = {
    "money",
    /* Translators: large button: somebody was tricked into paying or transferring money */
    N_("I sent money"),
    /* Translators: below “I sent money” */
    N_("A transfer, a card payment, a gift card code"),
    {
      /* Translators: first of four steps for somebody who has just sent money to a cheat */
      N_("Call your bank now and ask them to stop the payment. The number is on your card and in the bank’s app."),
      /* Translators: second of four steps for somebody who has just sent money to a cheat */
      N_("Send nothing more, and do not answer whoever asked for it, also when they promise to pay it back."),
      /* Translators: third of four steps for somebody who has just sent money to a cheat */
      N_("Keep everything: messages, names, account numbers and times. Take screenshots before anything disappears."),
      /* Translators: last of four steps for somebody who has just sent money to a cheat */
      N_("Tell the police, and tell somebody you trust. Money that is reported within hours can sometimes be stopped."),
    },
    /* Translators: below the steps for somebody who has just sent money to a cheat; kind */
    N_("This happens to careful people, too. Those who do it are practised."),
  },
  [TOMO_FIRST_AID_ACCOUNT] = {
    "account",
    /* Translators: large button: somebody else got into the visitor’s account */
    N_("My account was taken over"),
    /* Translators: below “My account was taken over” */
    N_("Mail, messages, a social network, a shop"),
    {
      /* Translators: first of four steps for somebody whose account was taken over; the words in quotation marks stand on many sign-in pages */
      N_("Change the password on your own telephone or computer. If you cannot get in, choose “Forgot password” on the sign-in page."),
      /* Translators: second of four steps for somebody whose account was taken over */
      N_("In the settings, sign out everywhere else, and look whether the mail address and the telephone number there are still yours."),
      /* Translators: third of four steps for somebody whose account was taken over */
      N_("Change the same password wherever else you use it, your mail first. If money can be spent with the account, call your bank."),
      /* Translators: last of four steps for somebody whose account was taken over */
      N_("Tell your friends and family that messages in your name may not be from you, and report it to the service."),
    },
    /* Translators: below the steps for somebody whose account was taken over; kind */
    N_("Do not sign in at this screen or at any other public one."),
  },
  [TOMO_FIRST_AID_THREAT] = {
    "threat",
    /* Translators: large button: somebody threatens or blackmails the visitor, perhaps with pictures */
    N_("Somebody threatens me"),
    /* Translators: below “Somebody threatens me” */
    N_("With pictures, with messages, for money"),
    {
      /* Translators: first of four steps for somebody who is being threatened or blackmailed */
      N_("Stop answering, and do not pay: whoever pays is asked again. If you are in danger now, go where there are people."),
      /* Translators: second of four steps for somebody who is being threatened or blackmailed */
      N_("Keep the proof: take screenshots of the messages and of the name. Do not delete your account."),
      /* Translators: third of four steps for somebody who is being threatened or blackmailed */
      N_("Tell somebody you trust today. If you are young, tell an adult: you have done nothing wrong by telling."),
      /* Translators: last of four steps for somebody who is being threatened or blackmailed */
      N_("Tell the police, and report it in the app. Block the person once you have the screenshots."),
    },
    /* Translators: below the steps for somebody who is being threatened or blackmailed; kind */
    N_("You are not to blame. The one who threatens is doing the wrong, and there is a way out."),
  },
  [TOMO_FIRST_AID_CLICKED] = {
    "clicked",
    /* Translators: large button: the visitor opened a dangerous link or installed a dangerous app */
    N_("I clicked or installed something"),
    /* Translators: below “I clicked or installed something” */
    N_("A link, an attachment, an app, remote control"),
    {
      /* Translators: first of four steps for somebody who opened a dangerous link or installed an app */
      N_("Take the device off the network: switch flight mode on, or pull the cable out."),
      /* Translators: second of four steps for somebody who opened a dangerous link or installed an app */
      N_("If you typed a password, change it on another device. If you gave card or bank details, call your bank."),
      /* Translators: third of four steps for somebody who opened a dangerous link or installed an app */
      N_("Remove what was installed. Until somebody who knows has looked at the device, do no banking on it."),
      /* Translators: last of four steps for somebody who opened a dangerous link or installed an app */
      N_("Keep the message, note the time, and tell somebody: your school or workplace, or the police if money or data are gone."),
    },
    /* Translators: below the steps for somebody who opened a dangerous link or installed an app; kind */
    N_("A click alone often does no harm. What counts is what you do next."),
  },
};
/* clang-format on */
G_STATIC_ASSERT (G_N_ELEMENTS (entries) == TOMO_N_FIRST_AIDS);

/**
 * tomo_first_aid_get_id:
 * @self: what has happened
 *
 * Returns: (transfer none): such as ‘money’
 */
const char *
tomo_first_aid_get_id (TomoFirstAid self)
{
  g_return_val_if_fail ((unsigned int) self < TOMO_N_FIRST_AIDS, NULL);
  return entries[self].id;
}

/**
 * tomo_first_aid_from_id:
 * @id: what tomo_first_aid_get_id() gave
 *
 * Returns: what has happened
 */
TomoFirstAid
tomo_first_aid_from_id (const char *id)
{
  for (int i = 0; i < TOMO_N_FIRST_AIDS; i++)
    if (g_strcmp0 (entries[i].id, id) == 0)
      return (TomoFirstAid) i;

  g_return_val_if_reached (TOMO_FIRST_AID_MONEY);
}

/**
 * tomo_first_aid_get_title:
 * @self: what has happened
 *
 * Returns: (transfer none): in the visitor’s words; to be translated
 */
const char *
tomo_first_aid_get_title (TomoFirstAid self)
{
  g_return_val_if_fail ((unsigned int) self < TOMO_N_FIRST_AIDS, NULL);
  return entries[self].title;
}

/**
 * tomo_first_aid_get_detail:
 * @self: what has happened
 *
 * Returns: (transfer none): examples of it; to be translated
 */
const char *
tomo_first_aid_get_detail (TomoFirstAid self)
{
  g_return_val_if_fail ((unsigned int) self < TOMO_N_FIRST_AIDS, NULL);
  return entries[self].detail;
}

/**
 * tomo_first_aid_get_step:
 * @self: what has happened
 * @index: less than %TOMO_FIRST_AID_MAX_STEPS
 *
 * Returns: (transfer none) (nullable): what to do; to be translated
 */
const char *
tomo_first_aid_get_step (TomoFirstAid self, size_t index)
{
  g_return_val_if_fail ((unsigned int) self < TOMO_N_FIRST_AIDS, NULL);
  g_return_val_if_fail (index < TOMO_FIRST_AID_MAX_STEPS, NULL);
  return entries[self].steps[index];
}

/**
 * tomo_first_aid_get_comfort:
 * @self: what has happened
 *
 * Returns: (transfer none): a kind word or a warning; to be translated
 */
const char *
tomo_first_aid_get_comfort (TomoFirstAid self)
{
  g_return_val_if_fail ((unsigned int) self < TOMO_N_FIRST_AIDS, NULL);
  return entries[self].comfort;
}
