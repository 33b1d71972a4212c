/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "http-server.h"

#include <string.h>

/* So many requests a gathering waits for, and so long at most. */
#define GATHER_REQUESTS 4
#define GATHER_USECS (10 * G_USEC_PER_SEC)

/* What drips, and how often. */
#define DRIP_BYTES 10
#define DRIP_USECS (20 * 1000)

typedef struct
{
  HttpReplyKind kind;
  unsigned int n_times; /* zero: always */
  GBytes *bytes;        /* (owned): head and body */
  size_t head_size;
} Reply;

struct _HttpServer
{
  GSocketListener *listener;
  GCancellable *stop;
  GThread *thread;
  GPtrArray *serving; /* (element-type GThread): one each connection; used by the thread alone */
  char *url;

  GMutex lock; /* everything below */
  GCond changed;
  GHashTable *replies;   /* (element-type utf8 GPtrArray(Reply)) */
  GHashTable *n_by_path; /* (element-type utf8 uint) */
  GString *paths;        /* what was asked for, in order, with spaces between them */
  unsigned int n_connections;
  unsigned int n_gathered;
  char *last_head;
  GCancellable *cancel_at_hang;
};

static void
reply_free (Reply *reply)
{
  g_bytes_unref (reply->bytes);
  g_free (reply);
}

/* Reads up to the empty line; NULL at the end of the connection. */
static char *
read_head (GInputStream *input)
{
  g_autoptr(GString) head = g_string_new (NULL);

  while (!g_str_has_suffix (head->str, "\r\n\r\n"))
    {
      char c;
      if (g_input_stream_read (input, &c, 1, NULL, NULL) != 1)
        return NULL;
      g_string_append_c (head, c);
    }
  return g_string_free (g_steal_pointer (&head), FALSE);
}

/* Takes the next reply for a path; one that was meant for a number of times goes away after them.
 */
static Reply *
take_reply (HttpServer *self, const char *head)
{
  g_auto(GStrv) words = g_strsplit (head, " ", 3);
  G_GNUC_UNUSED g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  g_free (self->last_head);
  self->last_head = g_strdup (head);

  unsigned int count = GPOINTER_TO_UINT (g_hash_table_lookup (self->n_by_path, words[1]));
  g_hash_table_insert (self->n_by_path, g_strdup (words[1]), GUINT_TO_POINTER (count + 1));
  g_string_append_printf (self->paths, "%s%s", self->paths->len > 0 ? " " : "", words[1]);

  GPtrArray *list = g_hash_table_lookup (self->replies, words[1]);
  Reply *copy = g_new0 (Reply, 1);
  if (list == NULL || list->len == 0)
    {
      copy->bytes = g_bytes_new_static ("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", 45);
      return copy;
    }

  Reply *reply = g_ptr_array_index (list, 0);
  *copy = *reply;
  g_bytes_ref (copy->bytes);
  if (reply->n_times > 0 && --reply->n_times == 0)
    g_ptr_array_remove_index (list, 0);
  return copy;
}

static void
gather (HttpServer *self)
{
  G_GNUC_UNUSED g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  int64_t until_usecs = g_get_monotonic_time () + GATHER_USECS;

  self->n_gathered++;
  g_cond_broadcast (&self->changed);
  while (self->n_gathered < GATHER_REQUESTS)
    if (!g_cond_wait_until (&self->changed, &self->lock, until_usecs))
      g_error ("only %u requests came together", self->n_gathered);
}

static void
hang (HttpServer *self, GInputStream *input)
{
  char c;
  g_autoptr(GCancellable) cancellable = NULL;

  g_mutex_lock (&self->lock);
  g_set_object (&cancellable, self->cancel_at_hang);
  g_mutex_unlock (&self->lock);

  if (cancellable != NULL)
    g_cancellable_cancel (cancellable);
  while (g_input_stream_read (input, &c, 1, NULL, NULL) == 1)
    ;
}

static gboolean
drip (GOutputStream *output, const uint8_t *data, size_t size, size_t head_size)
{
  if (!g_output_stream_write_all (output, data, head_size, NULL, NULL, NULL))
    return FALSE;

  for (size_t at = head_size; at < size; at += DRIP_BYTES)
    {
      g_usleep (DRIP_USECS);
      if (!g_output_stream_write_all (output, data + at, MIN (DRIP_BYTES, size - at), NULL, NULL,
                                      NULL))
        return FALSE;
    }
  return TRUE;
}

/* Returns FALSE when the connection is over. */
static gboolean
send_reply (HttpServer *self, const Reply *reply, GInputStream *input, GOutputStream *output)
{
  size_t size;
  const uint8_t *data = g_bytes_get_data (reply->bytes, &size);

  if (reply->kind == HTTP_REPLY_HANG)
    hang (self, input);
  if (reply->kind == HTTP_REPLY_HANG)
    return FALSE;
  if (reply->kind == HTTP_REPLY_GATHER)
    gather (self);
  if (reply->kind == HTTP_REPLY_DRIP)
    return drip (output, data, size, reply->head_size);

  if (!g_output_stream_write_all (output, data, size, NULL, NULL, NULL))
    return FALSE;
  while (reply->kind == HTTP_REPLY_ENDLESS)
    if (!g_output_stream_write_all (output, data + reply->head_size, size - reply->head_size, NULL,
                                    NULL, NULL))
      return FALSE;
  return reply->kind != HTTP_REPLY_DROP;
}

static void
join_thread (gpointer thread)
{
  g_thread_join (thread);
}

typedef struct
{
  HttpServer *server;
  GSocketConnection *connection;
} Served;

static gpointer
serve_work (gpointer user_data)
{
  Served *served = user_data;
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (served->connection));
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (served->connection));
  gboolean goes_on = TRUE;

  while (goes_on)
    {
      g_autofree char *head = read_head (input);
      if (head == NULL)
        break;
      Reply *reply = take_reply (served->server, head);
      goes_on = send_reply (served->server, reply, input, output);
      reply_free (reply);
    }

  g_io_stream_close (G_IO_STREAM (served->connection), NULL, NULL);
  g_object_unref (served->connection);
  g_free (served);
  return NULL;
}

static gpointer
accept_work (gpointer user_data)
{
  HttpServer *self = user_data;
  GSocketConnection *connection = NULL;

  while ((connection = g_socket_listener_accept (self->listener, NULL, self->stop, NULL)) != NULL)
    {
      Served *served = g_new0 (Served, 1);
      served->server = self;
      served->connection = connection;
      g_ptr_array_add (self->serving, g_thread_new ("http-connection", serve_work, served));

      g_mutex_lock (&self->lock);
      self->n_connections++;
      g_mutex_unlock (&self->lock);
    }
  return NULL;
}

HttpServer *
http_server_new (void)
{
  HttpServer *self = g_new0 (HttpServer, 1);
  g_autoptr(GError) error = NULL;
  g_autoptr(GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr(GSocketAddress) wanted = g_inet_socket_address_new (loopback, 0);
  g_autoptr(GSocketAddress) address = NULL;

  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  self->replies =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  self->n_by_path = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->paths = g_string_new (NULL);
  self->stop = g_cancellable_new ();
  self->serving = g_ptr_array_new_with_free_func (join_thread);
  self->listener = g_socket_listener_new ();
  g_socket_listener_add_address (self->listener, wanted, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &address, &error);
  g_assert_no_error (error);
  self->url = g_strdup_printf ("http://127.0.0.1:%u",
                               g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address)));
  self->thread = g_thread_new ("http-server", accept_work, self);
  return self;
}

/* Waits for all connections: whoever fetches must have closed them. */
void
http_server_free (HttpServer *self)
{
  g_cancellable_cancel (self->stop);
  g_thread_join (self->thread);
  g_ptr_array_unref (self->serving);
  g_socket_listener_close (self->listener);
  g_object_unref (self->listener);
  g_object_unref (self->stop);
  g_hash_table_unref (self->replies);
  g_hash_table_unref (self->n_by_path);
  g_string_free (self->paths, TRUE);
  g_clear_object (&self->cancel_at_hang);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
  g_free (self->last_head);
  g_free (self->url);
  g_free (self);
}

const char *
http_server_get_url (HttpServer *self)
{
  return self->url;
}

/* Adds a reply; those for one path are used in the order in which they were added, each n_times,
 * where zero is for ever. A head without a length gets the right one, unless it says “close”. */
void
http_server_add (HttpServer *self,
                 const char *path,
                 HttpReplyKind kind,
                 unsigned int n_times,
                 const char *head,
                 const void *body,
                 size_t size)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  g_autofree char *length = g_strdup_printf ("Content-Length: %" G_GSIZE_FORMAT "\r\n", size);
  gboolean is_http = g_str_has_prefix (head, "HTTP/");
  gboolean has_length = strstr (head, "Content-Length:") != NULL || strstr (head, "close") != NULL;

  g_byte_array_append (bytes, (const uint8_t *) head, (unsigned int) strlen (head));
  if (is_http && !has_length)
    g_byte_array_append (bytes, (const uint8_t *) length, (unsigned int) strlen (length));
  if (is_http)
    g_byte_array_append (bytes, (const uint8_t *) "\r\n", 2);

  Reply *reply = g_new0 (Reply, 1);
  reply->kind = kind;
  reply->n_times = n_times;
  reply->head_size = bytes->len;
  g_byte_array_append (bytes, body, (unsigned int) size);
  reply->bytes = g_byte_array_free_to_bytes (g_steal_pointer (&bytes));

  G_GNUC_UNUSED g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  GPtrArray *list = g_hash_table_lookup (self->replies, path);
  if (list == NULL)
    {
      list = g_ptr_array_new_with_free_func ((GDestroyNotify) reply_free);
      g_hash_table_insert (self->replies, g_strdup (path), list);
    }
  g_ptr_array_add (list, reply);
}

/* A request that gets no answer cancels this. */
void
http_server_cancel_at_hang (HttpServer *self, GCancellable *cancellable)
{
  G_GNUC_UNUSED g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  g_set_object (&self->cancel_at_hang, cancellable);
}

unsigned int
http_server_count_requests (HttpServer *self, const char *path)
{
  G_GNUC_UNUSED g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->n_by_path, path));
}

/* Every path that was asked for, in order, with spaces between them. */
char *
http_server_dup_paths (HttpServer *self)
{
  G_GNUC_UNUSED g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  return g_strdup (self->paths->str);
}

unsigned int
http_server_count_connections (HttpServer *self)
{
  G_GNUC_UNUSED g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  return self->n_connections;
}

char *
http_server_dup_last_head (HttpServer *self)
{
  G_GNUC_UNUSED g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  return g_strdup (self->last_head);
}
