/* SPDX-License-Identifier: MIT */
#include "monitor.h"

#include <inttypes.h>
#include <string.h>
#include <sys/mman.h>

#define TEXT 512u

/* A broken rule of a queue: the message of the first finding, and the number of findings. */
struct row {
    uint16_t rule;
    uint16_t queue;
    uint8_t doubt;
    uint64_t count;
    char text[TEXT];
};

#define ROWS (VWR_RULE_COUNT * 4u)

struct sum {
    uint64_t messages[2], buffers, unseen, lost;
    uint64_t kicks[QUEUES], calls[QUEUES];
    unsigned queues;
    bool counted;           /* notifications */
    struct play_sum played; /* memory: NULL: it was not a recording */
};

/* The sessions add to it, each in its process, one after another. */
static struct report {
    struct row row[ROWS];
    unsigned rows;
    struct sum sum;
} * report;

bool report_begin(void)
{
    void *const at = mmap(NULL, sizeof(*report), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    report = at != MAP_FAILED ? at : NULL;
    return report != NULL;
}

static bool is_row_of(const struct row *r, const struct vwr_monitor_finding *f)
{
    return r->rule == f->rule && r->queue == f->queue && r->doubt == f->doubt;
}

/* A finding of a session is printed immediately, in case the program is killed before its report. */
void report_add(void *context, const struct vwr_monitor *m, const struct vwr_monitor_finding *f)
{
    unsigned i = 0;
    struct row *r;

    (void)context;
    while (i < report->rows && !is_row_of(&report->row[i], f))
        i++;
    if (i == ROWS)
        i--; /* the last row collects the rest */
    r = &report->row[i];
    if (i == report->rows) {
        *r = (struct row){.rule = f->rule, .queue = f->queue, .doubt = f->doubt};
        (void)vwr_monitor_explain(m, f, r->text, sizeof(r->text));
        report->rows++;
        if (m->s.live)
            say("%s", r->text);
    }
    if (f->doubt < r->doubt)
        r->doubt = f->doubt; /* of the last row: the most certain of what it holds */
    r->count++;
}

void report_session(struct session *s)
{
    if (!s->is_open)
        return;
    s->is_open = false;
    report->sum.counted = s->wake < 0;
    for (unsigned i = 0; i < 2; i++)
        report->sum.messages[i] += s->messages[i];
    report->sum.buffers += s->monitor.buffers;
    report->sum.unseen += s->monitor.unseen;
    report->sum.lost += s->monitor.lost;
    for (unsigned i = 0; i < QUEUES; i++) {
        report->sum.kicks[i] += s->ring[i].kicks;
        report->sum.calls[i] += s->ring[i].calls;
        if ((s->ring[i].has_addr || report->sum.kicks[i] != 0) && report->sum.queues <= i)
            report->sum.queues = i + 1u;
    }
}

void report_played(const struct vwr_monitor *m, const struct play_sum *played)
{
    report->sum.played = *played;
    report->sum.buffers = m->buffers;
    report->sum.unseen = m->unseen;
    report->sum.lost = m->lost;
}

/*
 * The verdict: whether a rule was broken; if none was, whether anything was observed that could have broken
 * one, and whether all addresses were in the copies of memory.
 */
static int outcome(void)
{
    const bool is_seen = report->sum.played.memory != NULL ? report->sum.played.accesses != 0
                                                           : report->sum.buffers > report->sum.unseen;
    bool is_sure = true;

    for (unsigned i = 0; i < report->rows; i++) {
        if (report->row[i].doubt == VWR_MONITOR_CERTAIN || report->row[i].doubt == VWR_MONITOR_EITHER)
            return BROKEN;
        is_sure = false;
    }
    return is_seen && is_sure ? 0 : UNKNOWN;
}

static const char *verdict(void)
{
    const int code = outcome();

    return code == 0 ? "clean" : code == BROKEN ? "works" : "unknown";
}

/* ---- text ---- */

static void print_verdict(FILE *out)
{
    const int code = outcome();

    if (code == BROKEN)
        fprintf(out, "broken rules: %u\n", report->rows);
    else if (code == 0)
        fputs("no rule was broken\n", out);
    else
        fprintf(out, "not known whether a rule was broken: %s\n",
                report->rows != 0 ? "what was observed may lack a part"
                                  : "nothing was seen that could be judged");
}

/* Prints what was seen of a recording, and what was therefore not judged. */
static void print_played(FILE *out)
{
    fprintf(out, "accesses: %" PRIu64 "\n", report->sum.played.accesses);
    if (strcmp(report->sum.played.memory, "none") == 0)
        fputs("memory: none, so rings and buffers were not judged\n", out);
    else if (strcmp(report->sum.played.memory, "copy") == 0)
        fprintf(out, "memory: a copy at the end, with %u buffer%s in flight; earlier ones were not judged\n",
                report->sum.played.in_flight, report->sum.played.in_flight == 1 ? "" : "s");
}

static void print_text(FILE *out)
{
    for (unsigned i = 0; i < report->rows; i++) {
        fprintf(out, "%s\n", report->row[i].text);
        fprintf(out, "    %" PRIu64 " time%s; section: %s\n", report->row[i].count,
                report->row[i].count == 1 ? "" : "s", vwr_rules[report->row[i].rule].section);
    }
    if (report->sum.played.memory != NULL)
        print_played(out);
    else
        fprintf(out, "messages: %" PRIu64 " of the front end, %" PRIu64 " of the back end\n",
                report->sum.messages[0], report->sum.messages[1]);
    for (unsigned i = 0; i < report->sum.queues && report->sum.counted; i++)
        fprintf(out, "queue %u: %" PRIu64 " notifications, %" PRIu64 " interrupts\n", i, report->sum.kicks[i],
                report->sum.calls[i]);
    if (report->sum.played.memory == NULL || strcmp(report->sum.played.memory, "changes") == 0 ||
        report->sum.unseen != 0)
        fprintf(out, "buffers: %" PRIu64 ", of which %" PRIu64 " were not judged\n", report->sum.buffers,
                report->sum.unseen);
    if (report->sum.lost != 0)
        fprintf(out, "lost: a queue was not followed until it was idle, %" PRIu64 " time%s\n",
                report->sum.lost, report->sum.lost == 1 ? "" : "s");
    print_verdict(out);
}

/* ---- JSON ---- */

static void print_string(FILE *out, const char *text)
{
    if (text == NULL) {
        fputs("null", out);
        return;
    }
    fputc('"', out);
    for (; *text != 0; text++) {
        if (*text == '"' || *text == '\\')
            fprintf(out, "\\%c", *text);
        else if ((unsigned char)*text < ' ')
            fprintf(out, "\\u%04x", (unsigned)(unsigned char)*text);
        else
            fputc(*text, out);
    }
    fputc('"', out);
}

static void print_member(FILE *out, const char *name, const char *text)
{
    fprintf(out, "\"%s\": ", name);
    print_string(out, text);
    fputs(", ", out);
}

static void print_finding(FILE *out, const struct row *r)
{
    const struct vwr_rule *const rule = &vwr_rules[r->rule];

    fputs("{", out);
    print_member(out, "rule", rule->name);
    print_member(out, "side",
                 r->doubt == VWR_MONITOR_EITHER ? "either"
                 : rule->by == VWR_BY_DRIVER    ? "driver"
                                                : "device");
    print_member(out, "clause", rule->clause);
    print_member(out, "level", rule->level);
    print_member(out, "section", rule->section);
    print_member(out, "sentence", r->text);
    if (r->queue == VWR_MONITOR_NO_QUEUE)
        fputs("\"queue\": null, ", out);
    else
        fprintf(out, "\"queue\": %u, ", r->queue);
    fprintf(out, "\"count\": %" PRIu64 "}", r->count);
}

static void print_counts(FILE *out)
{
    fprintf(out, "\"messages\": {\"front_end\": %" PRIu64 ", \"back_end\": %" PRIu64 "}, \"queues\": [",
            report->sum.messages[0], report->sum.messages[1]);
    for (unsigned i = 0; i < report->sum.queues; i++)
        fprintf(out, "%s{\"notifications\": %" PRIu64 ", \"interrupts\": %" PRIu64 "}", i == 0 ? "" : ", ",
                report->sum.kicks[i], report->sum.calls[i]);
    fputs("], ", out);
}

static void print_json(FILE *out)
{
    fputs("{\"findings\": [", out);
    for (unsigned i = 0; i < report->rows; i++) {
        fputs(i == 0 ? "" : ", ", out);
        print_finding(out, &report->row[i]);
    }
    fprintf(out, "], \"verdict\": \"%s\", ", verdict());
    if (report->sum.played.memory == NULL)
        print_counts(out);
    else
        fprintf(out, "\"accesses\": %" PRIu64 ", \"memory\": \"%s\", \"in_flight\": %u, ",
                report->sum.played.accesses, report->sum.played.memory, report->sum.played.in_flight);
    fprintf(out, "\"buffers\": %" PRIu64 ", \"not_judged\": %" PRIu64 ", \"lost\": %" PRIu64 "}\n",
            report->sum.buffers, report->sum.unseen, report->sum.lost);
}

int report_print(FILE *out, bool json)
{
    if (json)
        print_json(out);
    else
        print_text(out);
    fflush(out);
    return outcome();
}
