/* SPDX-License-Identifier: MIT */
#include "hosted.h"

#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * A device model of somebody's own on virtio-mmio, in a program that speaks the words of docs/conform.md:
 * memory, read and write, and its answers device, value, done and refused; and line at any time.
 */

#define WINDOW_BYTES 0x200u
#define STEP_MS 10
#define LINES_MAX 1000u /* of "line" before an answer */
#define ALL_ONES 0xffffffffu

static struct {
    uint64_t device;
    bool has_line; /* the model reports its interrupt line */
    bool line;
    bool has_risen; /* since it was looked at last */
    bool has_refused;
} model;

void model_command(char **words, int count)
{
    process_command("the model", words, count);
}

/* Whether this was a report of the interrupt line. */
static bool takes_line(const char *text)
{
    if (strcmp(text, "line 0") != 0 && strcmp(text, "line 1") != 0)
        return false;
    model.has_line = true;
    model.line = text[5] == '1';
    model.has_risen = model.has_risen || model.line;
    return true;
}

/* Sends a command. Returns what follows `word` in the answer; NULL: the model has refused, or is gone. */
static const char *ask(const char *command, const char *word)
{
    static char text[PROCESS_LINE];
    char how[PROCESS_LINE];
    const size_t bytes = strlen(word);
    unsigned lines = 0;

    if (!process_send(command))
        return NULL;
    do {
        if (!process_receive(text))
            return NULL;
    } while (takes_line(text) && ++lines < LINES_MAX);
    if (strcmp(text, "refused") == 0) {
        model.has_refused = true;
        return NULL;
    }
    if (strncmp(text, word, bytes) == 0 && (text[bytes] == ' ' || text[bytes] == '\0'))
        return text + bytes;
    (void)snprintf(how, sizeof(how), "answered '%.40s' and not '%s', '%s' or '%s'", text, word, "refused",
                   "line");
    process_stop(how);
    return NULL;
}

static uint32_t model_read(uint64_t addr, unsigned bytes)
{
    char command[PROCESS_LINE];
    const char *value;

    (void)snprintf(command, sizeof(command), "read 0x%" PRIx64 " %u\n", addr, bytes);
    value = ask(command, "value");
    return value != NULL ? (uint32_t)strtoull(value, NULL, 0) : ALL_ONES;
}

static void model_write(uint64_t addr, unsigned bytes, uint32_t value)
{
    char command[PROCESS_LINE];

    (void)snprintf(command, sizeof(command), "write 0x%" PRIx64 " %u 0x%" PRIx32 "\n", addr, bytes, value);
    (void)ask(command, "done");
}

/* Tells a new model where its memory is, and asks for the device. */
static bool find(struct session *s, bool is_new)
{
    if (is_new) {
        char command[PROCESS_LINE];
        const char *device;

        model.has_line = model.line = model.has_risen = false;
        (void)snprintf(command, sizeof(command), "memory 0x%" PRIx64 " 0x%zx\n", PROCESS_RAM_BASE,
                       PROCESS_RAM_BYTES);
        device = ask(command, "device");
        model.device = device != NULL ? strtoull(device, NULL, 0) : 0;
    }
    if (model.device == 0 ||
        vwr_mmio_probe(&s->mmio, (volatile void *)(uintptr_t)model.device, WINDOW_BYTES) != VWR_OK)
        s->mmio.dev.type = 0;
    if (s->mmio.dev.type == s->class->type)
        return true;
    (void)snprintf(s->seen, sizeof(s->seen),
                   "the model has no modern virtio-mmio device of this class (%u) at 0x%" PRIx64
                   ": DeviceID is %u",
                   s->class->type, model.device, s->mmio.dev.type);
    return false;
}

static bool model_connect(struct session *s)
{
    static const struct bus bus = {model_read, model_write};

    return process_connect(s, &bus, find);
}

/* Without reports of its line, the register is read. */
static void model_step(struct session *s)
{
    char text[PROCESS_LINE];

    (void)poll(NULL, 0, STEP_MS);
    for (unsigned i = 0; i < LINES_MAX && process_has_line(); i++) {
        if (process_receive(text) && !takes_line(text))
            process_stop("sent a line that nobody asked for");
    }
    if (model.has_line && !model.line && !model.has_risen)
        return;
    model.has_risen = false;
    mmio_events(s);
}

static bool has_refused(void)
{
    const bool refused = model.has_refused;

    model.has_refused = false;
    return refused;
}

static enum level model_line(void)
{
    return !model.has_line ? LEVEL_UNKNOWN : model.line ? LEVEL_HIGH : LEVEL_LOW;
}

const struct way model_way = {.connect = model_connect,
                              .end = process_end,
                              .memory = process_memory,
                              .kick = mmio_kick,
                              .step = model_step,
                              .is_there = process_is_there,
                              .has_died = process_has_died,
                              .has_refused = has_refused,
                              .line = model_line,
                              .is_mmio = true};
