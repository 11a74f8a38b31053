/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * A QEMU plugin that counts instructions of the hypervisor itself, separately for each CPU: the longest
 * stretch with its lock held, and the longest without a poll of its interrupts. A clock, or a counter of the
 * machine, cannot measure this: under -icount all CPUs run one after the other in one thread, so such a
 * measure would include other CPUs.
 *
 * points=FILE: addresses where the lock is taken and released and where interrupts are polled, section
 * .lock_points of the image; base=, bytes=: of the image; stacks=: of its CPUs; out=FILE: gets the results at
 * the end.
 */

/* QEMU's plugin interface: Debian has no package with its header. */
typedef uint64_t plugin_id;
struct qemu_plugin_tb;
struct qemu_plugin_insn;
enum { READS_REGISTERS = 1 };
typedef void on_translate(plugin_id id, struct qemu_plugin_tb *tb);
typedef void on_execute(unsigned cpu, void *data);
typedef void on_end(plugin_id id, void *data);
typedef void on_cpu(plugin_id id, unsigned cpu);
extern void qemu_plugin_register_vcpu_tb_trans_cb(plugin_id id, on_translate *f);
extern void qemu_plugin_register_vcpu_tb_exec_cb(struct qemu_plugin_tb *tb, on_execute *f, int flags,
                                                 void *data);
extern void qemu_plugin_register_vcpu_insn_exec_cb(struct qemu_plugin_insn *insn, on_execute *f, int flags,
                                                   void *data);
extern void qemu_plugin_register_atexit_cb(plugin_id id, on_end *f, void *data);
extern size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *tb);
extern uint64_t qemu_plugin_tb_vaddr(const struct qemu_plugin_tb *tb);
extern struct qemu_plugin_insn *qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *tb, size_t i);
extern uint64_t qemu_plugin_insn_vaddr(const struct qemu_plugin_insn *insn);
extern void *qemu_plugin_insn_haddr(const struct qemu_plugin_insn *insn);
extern void qemu_plugin_register_vcpu_init_cb(plugin_id id, on_cpu *f);

/* Since version 2; GArray and GByteArray of glib, which is part of QEMU. */
struct bytes {
    const void *data;
    unsigned n;
};
struct plugin_register {
    struct qemu_plugin_register *handle;
    const char *name;
    const char *feature;
};
extern struct bytes *qemu_plugin_get_registers(void) __attribute__((weak));
extern int qemu_plugin_read_register(struct qemu_plugin_register *r, struct bytes *to) __attribute__((weak));
extern struct bytes *g_byte_array_new(void);
extern struct bytes *g_byte_array_set_size(struct bytes *b, unsigned n);

/*
 * Each QEMU accepts a range of versions: 7.2 those up to 1, 10.0 those from 2 on. What is declared above is
 * the same in both. QEMU reads the version after it has loaded the plugin.
 */
__attribute__((visibility("default"))) int qemu_plugin_version = 1;
__attribute__((constructor)) static void choose_version(void)
{
    if (qemu_plugin_read_register != NULL)
        qemu_plugin_version = 2;
}

__attribute__((visibility("default"))) int qemu_plugin_install(plugin_id id, const void *info, int argc,
                                                               char **argv);

#define CPUS 8u
#define STACK_BYTES 0x4000u /* of each, STACK_SHIFT of start.S */
#define BLOCKS 400000u
#define POINTS 256u
enum { LEFT, TAKEN, GIVEN, POLLED }; /* kind of a point, in its lowest two bits */

/* Blocks executed since a point: an address, and a number of instructions. */
struct stretch {
    uint64_t begin; /* instruction count at its start */
    uint64_t longest;
    uint32_t blocks;
    uint32_t longest_blocks;
    bool runs;
    uint64_t *block;
    uint64_t *longest_block;
};

static struct {
    uint64_t count; /* executed instructions of the image */
    uint64_t holds;
    struct stretch hold;
    struct stretch blind; /* interrupts are not polled */
} cpus[CPUS];
static uint64_t point[POINTS];
static unsigned points;
static uint64_t image_base, image_bytes;
static uintptr_t image_host; /* host address of guest address 0, extrapolated from the image's memory */
static uint64_t stacks;
static struct qemu_plugin_register *sp; /* NULL: it cannot be read, and QEMU tells the CPU itself */
static struct bytes *sp_bytes;
static const char *out_name;

/*
 * Where one thread executes all CPUs, as under -icount, QEMU 10 passes the CPU that a block was translated
 * for, not the one that executes it. The stack pointer shows which that is; before there is a stack, there is
 * no lock.
 */
static unsigned cpu_of(unsigned cpu)
{
    uint64_t at;

    if (sp != NULL) {
        (void)g_byte_array_set_size(sp_bytes, 0);
        (void)qemu_plugin_read_register(sp, sp_bytes);
        memcpy(&at, sp_bytes->data, sizeof(at));
        at = (at - 1u - stacks) / STACK_BYTES;
        if (at < CPUS)
            return (unsigned)at;
    }
    return cpu % CPUS;
}

/* Registers can be looked up as soon as there is a CPU. */
static void find_sp(plugin_id id, unsigned cpu)
{
    const struct bytes *const all = qemu_plugin_get_registers();
    const struct plugin_register *const r = all->data;

    (void)id;
    (void)cpu;
    for (unsigned i = 0; i < all->n && sp == NULL; i++)
        if (strcmp(r[i].name, "sp") == 0)
            sp = r[i].handle;
}

static void begin(struct stretch *s, uint64_t count)
{
    s->begin = count;
    s->blocks = 0;
    s->runs = true;
}

static void end(struct stretch *s, uint64_t count)
{
    uint64_t *const block = s->block;

    if (s->runs && count - s->begin > s->longest) {
        s->longest = count - s->begin;
        s->longest_blocks = s->blocks;
        s->block = s->longest_block;
        s->longest_block = block;
    }
    s->runs = false;
}

static void add(struct stretch *s, uint64_t block)
{
    if (s->runs && s->blocks < BLOCKS)
        s->block[s->blocks++] = block;
}

static void on_block(unsigned cpu, void *data)
{
    const unsigned n = cpu_of(cpu);
    const uint64_t block = (uintptr_t)data; /* address, with the instruction count in the upper half */

    cpus[n].count += block >> 32;
    add(&cpus[n].hold, block);
    add(&cpus[n].blind, block);
}

static void on_taken(unsigned cpu, void *data)
{
    const unsigned n = cpu_of(cpu);

    cpus[n].holds++;
    begin(&cpus[n].hold, cpus[n].count - (uintptr_t)data);
}

static void on_given(unsigned cpu, void *data)
{
    const unsigned n = cpu_of(cpu);

    (void)data;
    end(&cpus[n].hold, cpus[n].count);
}

static void on_polled(unsigned cpu, void *data)
{
    const unsigned n = cpu_of(cpu);

    end(&cpus[n].blind, cpus[n].count);
    begin(&cpus[n].blind, cpus[n].count - (uintptr_t)data);
}

/* Entry to the guest, or sleep: an interrupt is taken immediately. */
static void on_left(unsigned cpu, void *data)
{
    const unsigned n = cpu_of(cpu);

    (void)data;
    end(&cpus[n].blind, cpus[n].count);
}

static void watch(struct qemu_plugin_insn *insn, size_t length)
{
    static on_execute *const f[] = {
        [LEFT] = on_left, [TAKEN] = on_taken, [GIVEN] = on_given, [POLLED] = on_polled};
    const uint64_t at = qemu_plugin_insn_vaddr(insn);

    for (unsigned i = 0; i < points; i++)
        if ((point[i] & ~3ull) == at)
            qemu_plugin_register_vcpu_insn_exec_cb(insn, f[point[i] & 3u], READS_REGISTERS, (void *)length);
}

/* A guest may have code at the same guest address; its host address differs. */
static void translate(plugin_id id, struct qemu_plugin_tb *tb)
{
    const uint64_t at = qemu_plugin_tb_vaddr(tb);
    const size_t length = qemu_plugin_tb_n_insns(tb);
    const uintptr_t host = (uintptr_t)qemu_plugin_insn_haddr(qemu_plugin_tb_get_insn(tb, 0)) - at;

    (void)id;
    if (at - image_base >= image_bytes)
        return;
    if (image_host == 0)
        image_host = host;
    if (host != image_host)
        return;
    qemu_plugin_register_vcpu_tb_exec_cb(tb, on_block, READS_REGISTERS,
                                         (void *)(uintptr_t)(at | length << 32));
    for (size_t i = 0; i < length; i++)
        watch(qemu_plugin_tb_get_insn(tb, i), length);
}

static void tell(FILE *out, unsigned cpu, const char *what, const struct stretch *s)
{
    fprintf(out, "cpu %u %s %" PRIu64 "\n", cpu, what, s->longest);
    for (uint32_t i = 0; i < s->longest_blocks; i++)
        fprintf(out, "%" PRIx64 " %u\n", s->longest_block[i] & 0xffffffffu,
                (unsigned)(s->longest_block[i] >> 32));
}

static void finish(plugin_id id, void *data)
{
    FILE *const out = fopen(out_name, "w");

    (void)id;
    (void)data;
    if (out == NULL)
        return;
    for (unsigned i = 0; i < CPUS; i++) {
        if (cpus[i].count == 0)
            continue;
        fprintf(out, "cpu %u instructions %" PRIu64 "\ncpu %u holds %" PRIu64 "\n", i, cpus[i].count, i,
                cpus[i].holds);
        tell(out, i, "hold", &cpus[i].hold);
        tell(out, i, "blind", &cpus[i].blind);
    }
    (void)fclose(out);
}

static const char *value(const char *argument, const char *name)
{
    const size_t n = strlen(name);

    return strncmp(argument, name, n) == 0 && argument[n] == '=' ? argument + n + 1 : NULL;
}

static bool read_points(const char *name)
{
    FILE *const in = name != NULL ? fopen(name, "rb") : NULL;

    if (in == NULL)
        return false;
    points = (unsigned)fread(point, sizeof(point[0]), POINTS, in);
    (void)fclose(in);
    return points != 0 && points < POINTS;
}

int qemu_plugin_install(plugin_id id, const void *info, int argc, char **argv)
{
    const char *points_name = NULL;

    (void)info;
    for (int i = 0; i < argc; i++) {
        const char *v;

        if ((v = value(argv[i], "points")) != NULL)
            points_name = v;
        else if ((v = value(argv[i], "out")) != NULL)
            out_name = strdup(v);
        else if ((v = value(argv[i], "base")) != NULL)
            image_base = strtoull(v, NULL, 0);
        else if ((v = value(argv[i], "bytes")) != NULL)
            image_bytes = strtoull(v, NULL, 0);
        else if ((v = value(argv[i], "stacks")) != NULL)
            stacks = strtoull(v, NULL, 0);
    }
    if (!read_points(points_name) || out_name == NULL || stacks == 0)
        return -1;
    if (qemu_plugin_read_register != NULL) {
        sp_bytes = g_byte_array_new();
        qemu_plugin_register_vcpu_init_cb(id, find_sp);
    }
    for (unsigned i = 0; i < CPUS; i++) {
        struct stretch *const s[] = {&cpus[i].hold, &cpus[i].blind};

        for (unsigned k = 0; k < 2; k++) {
            s[k]->block = malloc(BLOCKS * sizeof(uint64_t));
            s[k]->longest_block = malloc(BLOCKS * sizeof(uint64_t));
        }
    }
    qemu_plugin_register_vcpu_tb_trans_cb(id, translate);
    qemu_plugin_register_atexit_cb(id, finish, NULL);
    return 0;
}
