/* SPDX-License-Identifier: MIT */
#include "vwr/balloon.h"
#include "vwr/console.h"
#include "vwr/gen/ids.h"
#include "vwr/wait.h"
#include "vwr_vhost_front.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>

/*
 * front CONSOLE BALLOON: on two sockets, our drivers do the same with these devices as init.sh in a guest,
 * and print the same output. User Mode Linux is not available everywhere, and QEMU 7.2 supports neither
 * device over vhost-user.
 */

#define FILLED (80u << 20) /* bytes of memory that were in use before the balloon is inflated */
#define LIMIT_US 60000000u /* of each wait for the host */
#define CHUNK 256u         /* pages for a call */
#define PAGES (FILLED / VWR_BALLOON_PAGE)
#define LINE 100u

static struct vwr_vhost_front terminal;
static struct vwr_console console;
static struct vwr_console_port port[1];
static struct vwr_vhost_front memory;
static struct vwr_balloon balloon;
static uint32_t listed[PAGES];
static uint32_t first; /* page of `filled` */
static uint8_t *filled;

static int failed(const struct vwr_vhost_front *v, const char *what, int r)
{
    char text[300];

    (void)vwr_vhost_front_explain(v, text, sizeof(text));
    printf("guest: %s: %s; %s; ", what, vwr_strerror(r), text);
    (void)vwr_dev_explain(&v->dev, text, sizeof(text));
    printf("%s\n", text);
    return r;
}

/* Sleeps until an interrupt, or for a short time. */
static void rest(struct vwr_vhost_front *v)
{
    struct pollfd f = {.fd = vwr_vhost_front_fd(v), .events = POLLIN};

    if (poll(&f, 1, 10) > 0)
        (void)vwr_dev_irq(&v->dev);
}

static int connects(struct vwr_vhost_front *v, const char *path, uint32_t type)
{
    const struct vwr_vhost_front_options o = {.path = path, .type = type};
    const int r = vwr_vhost_front_probe(v, &o);

    return r == VWR_OK ? r : failed(v, path, r);
}

static int open_console(const char *path)
{
    struct vwr_console_options o = {
        .port = port, .port_count = VWR_CONSOLE_PORTS(1), .shared_count = VWR_CONSOLE_QUEUES(1)};
    int r = connects(&terminal, path, VWR_ID_CONSOLE);

    if (r != VWR_OK)
        return r;
    o.shared = vwr_vhost_front_memory(&terminal, VWR_CONSOLE_QUEUES(1) * sizeof(*o.shared));
    r = o.shared != NULL ? vwr_console_open(&console, &terminal.dev, &o) : VWR_ENOMEM;
    return r == VWR_OK ? r : failed(&terminal, "console", r);
}

static int open_balloon(const char *path)
{
    struct vwr_balloon_options o = {.pages = listed, .page_count = PAGES};
    int r = connects(&memory, path, VWR_ID_BALLOON);

    if (r != VWR_OK)
        return r;
    o.shared = vwr_vhost_front_memory(&memory, sizeof(*o.shared));
    filled = vwr_vhost_front_memory(&memory, FILLED);
    if (o.shared == NULL || filled == NULL || (uintptr_t)filled / VWR_BALLOON_PAGE > UINT32_MAX - PAGES)
        return failed(&memory, "memory whose pages a balloon can name", VWR_ENOMEM);
    first = (uint32_t)((uintptr_t)filled / VWR_BALLOON_PAGE);
    r = vwr_balloon_open(&balloon, &memory.dev, &o);
    return r == VWR_OK ? r : failed(&memory, "balloon", r);
}

static int says(const char *line)
{
    const int n = vwr_console_write(&console, 0, line, strlen(line));
    const int r = n == (int)strlen(line) ? vwr_console_flush(&console, 0, LIMIT_US) : n < 0 ? n : VWR_EBUSY;

    return r == VWR_OK ? r : failed(&terminal, "console, write", r);
}

/* Puts as many pages into the balloon as the host requests. */
static int inflates(void)
{
    uint32_t page[CHUNK];
    int r = vwr_balloon_poll(&balloon);

    while (r == VWR_OK && vwr_balloon_wanted(&balloon) != 0 && balloon.pages < PAGES) {
        uint32_t n = 0;

        while (n < CHUNK && n < vwr_balloon_wanted(&balloon) && balloon.pages + n < PAGES) {
            page[n] = first + balloon.pages + n;
            n++;
        }
        r = vwr_balloon_inflate(&balloon, page, n);
        r = r < 0 ? r : vwr_balloon_flush(&balloon, LIMIT_US);
    }
    return r == VWR_OK ? r : failed(&memory, "balloon", r);
}

/* Reads a line from the host, without the line end. Meanwhile, the balloon is served if it is open. */
static int hears(char *line, bool with_balloon)
{
    struct vwr_wait wait;
    size_t n = 0;
    int r = VWR_OK;

    vwr_wait_begin(&wait, LIMIT_US);
    while (r >= 0 && (n == 0 || line[n - 1] != '\n') && n < LINE - 1 && vwr_wait_more(&wait)) {
        r = with_balloon ? inflates() : VWR_OK;
        if (r == VWR_OK)
            r = vwr_console_read(&console, 0, line + n, 1);
        n += r > 0 ? (size_t)r : 0;
        if (r == 0 && vwr_console_arm(&console, 0))
            rest(with_balloon ? &memory : &terminal);
    }
    if (r < 0 || n == 0 || line[n - 1] != '\n')
        return failed(&terminal, "console, read", r < 0 ? r : VWR_ETIMEOUT);
    line[n - 1] = 0;
    return VWR_OK;
}

static int uses_console(void)
{
    char line[LINE], answer[LINE + 20];
    int r = says("ready\n");

    r = r == VWR_OK ? hears(line, false) : r;
    if (r != VWR_OK)
        return r;
    (void)snprintf(answer, sizeof(answer), "the guest read: %s\n", line);
    r = says(answer);
    if (r == VWR_OK)
        printf("guest: console used\n");
    return r;
}

static int uses_balloon(void)
{
    char line[LINE];
    int r;

    (void)memset(filled, 1, FILLED);
    r = says("filled\n");
    r = r == VWR_OK ? hears(line, true) : r;
    if (r == VWR_OK)
        printf("guest: balloon %s\n", line);
    return r;
}

int main(int count, char **words)
{
    int r;

    if (count != 3) {
        printf("usage: front CONSOLE BALLOON\n");
        return 2;
    }
    r = open_console(words[1]);
    r = r == VWR_OK ? uses_console() : r;
    r = r == VWR_OK ? open_balloon(words[2]) : r;
    r = r == VWR_OK ? uses_balloon() : r;
    r = r == VWR_OK ? vwr_close(&balloon.bringup) : r;
    r = r == VWR_OK ? vwr_close(&console.bringup) : r;
    if (r != VWR_OK)
        return 1; /* the back ends lose their front ends */
    vwr_vhost_front_end(&memory);
    vwr_vhost_front_end(&terminal);
    return 0;
}
