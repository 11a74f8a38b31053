/* SPDX-License-Identifier: MIT */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/input.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "tool.h"

/*
 * events SECONDS: prints the events of all /dev/input/event*: "event KIND TYPE CODE VALUE". Ends when F12 is
 * released; fails after that many seconds.
 * leds NUM CAPS SCROLL: sets the LEDs of each keyboard, 0 or 1 each.
 */
#define MAX 8u
#define BITS 8u
#define LAST KEY_F12
#define LEDS 3

struct source {
    const char *kind;
    struct pollfd *at;
};

static struct pollfd fds[MAX];
static struct source sources[MAX];
static unsigned count;

static int has(int fd, int type, unsigned code)
{
    unsigned char bits[KEY_MAX / BITS + 1] = {0};

    (void)ioctl(fd, EVIOCGBIT(type, sizeof(bits)), bits);
    return bits[code / BITS] >> code % BITS & 1;
}

/* By its capabilities, as the name is arbitrary. */
static const char *kind_of(int fd)
{
    if (has(fd, 0, EV_ABS))
        return has(fd, EV_ABS, ABS_MT_SLOT) ? "multitouch" : "tablet";
    if (has(fd, 0, EV_REL))
        return "mouse";
    return has(fd, EV_KEY, KEY_A) ? "keyboard" : "other";
}

static void open_all(void)
{
    DIR *const folder = opendir("/dev/input");
    const struct dirent *entry;
    char path[300];
    char name[80] = "";

    if (folder == NULL)
        fail("events: /dev/input");
    while ((entry = readdir(folder)) != NULL && count < MAX) {
        if (strncmp(entry->d_name, "event", 5) != 0)
            continue;
        (void)snprintf(path, sizeof(path), "/dev/input/%s", entry->d_name);
        fds[count] = (struct pollfd){.fd = open(path, O_RDWR), .events = POLLIN};
        if (fds[count].fd < 0)
            fail(path);
        (void)ioctl(fds[count].fd, EVIOCGNAME(sizeof(name)), name);
        sources[count] = (struct source){kind_of(fds[count].fd), &fds[count]};
        printf("input %s %s\n", sources[count].kind, name);
        count++;
    }
    (void)closedir(folder);
}

/* 1 after the last key. */
static int take(const struct source *s)
{
    struct input_event event;

    if (read(s->at->fd, &event, sizeof(event)) != (ssize_t)sizeof(event))
        fail("events: read");
    if (event.type == EV_SYN && event.code == SYN_REPORT)
        return 0;
    printf("event %s %u %u %d\n", s->kind, event.type, event.code, event.value);
    return event.type == EV_KEY && event.code == LAST && event.value == 0;
}

int events_main(int argc, char **argv)
{
    const uint64_t end = now_us() + (argc > 0 ? strtoul(argv[0], NULL, 10) : 0) * 1000000u;

    open_all();
    printf("input %u in all\n", count);
    while (now_us() < end) {
        if (poll(fds, count, 500) < 0)
            fail("events: poll");
        for (unsigned i = 0; i < count; i++)
            if ((fds[i].revents & POLLIN) != 0 && take(&sources[i]))
                return 0;
    }
    errno = ETIMEDOUT;
    fail("events: F12");
}

int leds_main(int argc, char **argv)
{
    struct input_event events[] = {{.type = EV_LED, .code = LED_NUML},
                                   {.type = EV_LED, .code = LED_CAPSL},
                                   {.type = EV_LED, .code = LED_SCROLLL},
                                   {.type = EV_SYN, .code = SYN_REPORT}};

    errno = EINVAL;
    if (argc != LEDS)
        fail("leds NUM CAPS SCROLL");
    for (unsigned i = 0; i < LEDS; i++)
        events[i].value = argv[i][0] == '1';
    open_all();
    for (unsigned i = 0; i < count; i++)
        if (has(fds[i].fd, 0, EV_LED) && write(fds[i].fd, events, sizeof(events)) != (ssize_t)sizeof(events))
            fail("leds: write");
    return 0;
}
