/* SPDX-License-Identifier: MIT */
#include "hyp.h"

/* The commands of the hypervisor's prompt. */

struct word {
    const char *name;
    const char *arguments;
    const char *help;
    void (*run)(struct guest *g, unsigned number);
    bool needs_guest;
};

static const char *rest; /* argument of the command, after the guest's number */

static void list(struct guest *g, unsigned number)
{
    for (unsigned i = 0; i < guest_count; i++) {
        hyp_give_way(WHY_PROMPT);
        devices_list(&guests[i]);
    }
}

static void debug(struct guest *g, unsigned number)
{
    devices_debug(g, number);
}

static void say_count(const char *what, uint64_t n)
{
    print("  %s %llu\n", what, (unsigned long long)n);
}

static void stats(struct guest *g, unsigned number)
{
    for (unsigned i = 0; i < guest_count; i++) {
        const struct guest_stats *const s = &guests[i].stats;

        hyp_give_way(WHY_PROMPT);
        print("guest %u: %s, started %llu times\n", i, guests[i].state == GUEST_RUNNING ? "runs" : "is off",
              (unsigned long long)s->starts);
        say_count("accesses other than those of a busy disk", s->accesses);
        say_count("sleeps", s->sleeps);
        say_count("calls", s->calls);
        say_count("system registers", s->registers);
        say_count("interrupts of the board", s->interrupts);
        say_count("of these, timer interrupts", s->timer);
        say_count("interrupts injected", guests[i].vgic.injected);
        say_count("aborts injected", s->aborts);
        if (HYP_HOLDS)
            hyp_longest(&guests[i]);
        hyp_give_way(WHY_PROMPT);
        devices_stats(&guests[i]);
        balloon_stats(&guests[i]);
        mem_stats(&guests[i]);
        sockets_stats(&guests[i]);
        sound_stats(&guests[i]);
    }
    hyp_give_way(WHY_PROMPT);
    disk_stats();
    net_stats();
    screen_stats();
    hyp_give_way(WHY_PROMPT);
    input_stats();
    folder_stats();
    cipher_stats();
    rsa_stats();
    say_count("characters dropped by the console", uart_lost());
    say_count("instructions of the hypervisor on this CPU", guest_instructions());
}

static void stuck(struct guest *g, unsigned number)
{
    for (unsigned i = 0; i < guest_count; i++) {
        hyp_give_way(WHY_PROMPT);
        devices_stuck(&guests[i]);
    }
    hyp_give_way(WHY_PROMPT);
    disk_stuck();
}

static void trace(struct guest *g, unsigned number)
{
    devices_trace(number != 0);
    print("trace %s; ./vwr explain reads it\n", number != 0 ? "on" : "off");
}

static void keys(struct guest *g, unsigned number)
{
    print("keys go to guest %u; Ctrl-] returns to the prompt\n", g->number);
    console_focus(g);
}

/* Types a line for a guest without giving it the focus, so that output stays in whole lines. */
static void type(struct guest *g, unsigned number)
{
    for (const char *p = rest + (*rest == ' '); *p != '\0'; p++)
        hvc_key(g, (uint8_t)*p);
    hvc_key(g, '\r');
}

static void reset(struct guest *g, unsigned number)
{
    print("guest %u restarts\n", g->number);
    guest_start(g);
}

static void save(struct guest *g, unsigned number)
{
    guest_save(g);
}

static void fail(struct guest *g, unsigned number)
{
    devices_fail(g, number);
}

static void lose_interrupts(struct guest *g, unsigned number)
{
    real_lose(number);
}

static void off(struct guest *g, unsigned number)
{
    print("guest %u is off\n", g->number);
    guest_stop(g);
}

static void balloon(struct guest *g, unsigned number)
{
    balloon_set(g, number);
}

static void memory(struct guest *g, unsigned number)
{
    mem_set(g, number);
}

static void connect(struct guest *g, unsigned number)
{
    sockets_connect(g, number);
}

static void quit(struct guest *g, unsigned number)
{
    hyp_off();
}

static void help(struct guest *g, unsigned number);

static const struct word words[] = {
    {"help", "", "this", help, false},
    {"list", "", "the devices of all guests", list, false},
    {"debug", "GUEST SLOT", "details of one device", debug, true},
    {"stats", "", "traps, requests, interrupts", stats, false},
    {"stuck", "", "requests in flight, and faults in the terms of the specification", stuck, false},
    {"trace", "0|1", "each access to a device, in the format of ./vwr explain", trace, false},
    {"guest", "GUEST", "sends keys to it", keys, true},
    {"type", "GUEST TEXT", "sends a line of keys to it", type, true},
    {"reset", "GUEST", "restarts it", reset, true},
    {"off", "GUEST", "stops it", off, true},
    {"save", "GUEST", "saves its devices, makes them again, and loads them", save, true},
    {"fail", "GUEST SLOT", "one of its devices needs a reset", fail, true},
    {"lose", "COUNT", "ignores that many interrupts of the real devices", lose_interrupts, false},
    {"balloon", "GUEST MIB", "sets the size of its balloon", balloon, true},
    {"memory", "GUEST MIB", "sets the size of the memory that it is to plug", memory, true},
    {"connect", "GUEST PORT", "opens a socket to a port of it, and returns what it sends", connect, true},
    {"quit", "", "ends QEMU", quit, false},
};
#define WORDS (sizeof(words) / sizeof(words[0]))

static void help(struct guest *g, unsigned number)
{
    for (unsigned i = 0; i < WORDS; i++)
        print("  %s%s%s: %s\n", words[i].name, words[i].arguments[0] != '\0' ? " " : "", words[i].arguments,
              words[i].help);
}

/* Whether `word` is the first word of the text; if so, advances the text. */
static bool begins(const char **text, const char *word)
{
    const char *p = *text;

    while (*word != '\0' && *p == *word) {
        p++;
        word++;
    }
    if (*word != '\0' || (*p != '\0' && *p != ' '))
        return false;
    *text = p;
    return true;
}

/* The next number, or `otherwise`. */
static unsigned number_of(const char **text, unsigned otherwise)
{
    const char *p = *text;
    unsigned n = 0;

    while (*p == ' ')
        p++;
    if (*p < '0' || *p > '9')
        return otherwise;
    for (; *p >= '0' && *p <= '9'; p++)
        n = n * 10u + (unsigned)(*p - '0');
    *text = p;
    return n;
}

void monitor_command(const char *text)
{
    while (*text == ' ')
        text++;
    for (unsigned i = 0; i < WORDS; i++) {
        unsigned which = 0;

        if (!begins(&text, words[i].name))
            continue;
        if (words[i].needs_guest)
            which = number_of(&text, guest_count);
        rest = text;
        if (which >= guest_count)
            print("there are guests 0 to %u\n", guest_count - 1u);
        else
            words[i].run(&guests[which], number_of(&text, 0));
        return;
    }
    if (*text != '\0')
        print("unknown command; try help\n");
}
