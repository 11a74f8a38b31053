/* SPDX-License-Identifier: MIT */
#include "cases.h"
#include "check.h"
#include "machine.h"
#include "pattern.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct {
    const char *name;
    void (*run)(bool legacy);
} cases[] = {
    {"whole_disk", case_whole_disk},
    {"write_flush", case_write_flush},
    {"read_only", case_read_only},
    {"blocks_4k", case_blocks_4k},
    {"large_transfer", case_large_transfer},
    {"two_disks", case_two_disks},
    {"scattered", case_scattered},
    {"segments", case_segments},
    {"queue_size", case_queue_size},
    {"bus_cost", case_bus_cost},
    {"batch", case_batch},
    {"empty_slot", case_empty_slot},
    {"scan", case_scan},
    {"not_a_disk", case_not_a_disk},
    {"get_id", case_get_id},
    {"info", case_info},
    {"features", case_features},
    {"config_change", case_config_change},
    {"io_error", case_io_error},
    {"write_error", case_write_error},
    {"medium_gone", case_medium_gone},
    {"timeout", case_timeout},
    {"late_answer", case_late_answer},
    {"needs_reset", case_needs_reset},
    {"forged_used", case_forged_used},
    {"reopen", case_reopen},
    {"recover_held_return", case_recover_held_return},
    {"recover_held_replay", case_recover_held_replay},
    {"recover_needs_reset_return", case_recover_needs_reset_return},
    {"recover_needs_reset_replay", case_recover_needs_reset_replay},
    {"recover_stopped_return", case_recover_stopped_return},
    {"recover_stopped_replay", case_recover_stopped_replay},
    {"recover_frozen_return", case_recover_frozen_return},
    {"recover_frozen_replay", case_recover_frozen_replay},
    {"recover_bad_ring_return", case_recover_bad_ring_return},
    {"recover_bad_ring_replay", case_recover_bad_ring_replay},
    {"recover_wait", case_recover_wait},
    {"recover_interrupt", case_recover_interrupt},
    {"power_log", case_power_log},
    {"power_log_without_flush", case_power_log_without_flush},
    {"wrong_use", case_wrong_use},
    {"ranges", case_ranges},
    {"interrupts", case_interrupts},
    {"counters", case_counters},
    {"threads", case_threads},
    {"queue_reset", case_queue_reset},
    {"resize", case_resize},
    {"write_cache", case_write_cache},
    {"console", case_console},
    {"entropy", case_entropy},
    {"console_one", case_console_one},
    {"console_ports", case_console_ports},
    {"console_many", case_console_many},
    {"console_recover", case_console_recover},
    {"net_user", case_net_user},
    {"net_frames", case_net_frames},
    {"net_settings", case_net_settings},
    {"net_interrupts", case_net_interrupts},
    {"net_link", case_net_link},
    {"net_pairs", case_net_pairs},
    {"net_offloads", case_net_offloads},
    {"pci_disk", case_pci_disk},
    {"pci_interrupts", case_pci_interrupts},
    {"entropy_pool", case_entropy_pool},
    {"entropy_short", case_entropy_short},
    {"entropy_recover", case_entropy_recover},
    {"matrix_split", case_matrix_split},
    {"matrix_split_indirect", case_matrix_split_indirect},
    {"matrix_split_event", case_matrix_split_event},
    {"matrix_split_indirect_event", case_matrix_split_indirect_event},
    {"matrix_blkverify", case_matrix_blkverify},
    /* modern alone */
    {"matrix_packed", case_matrix_packed},
    {"matrix_packed_indirect", case_matrix_packed_indirect},
    {"matrix_packed_event", case_matrix_packed_event},
    {"matrix_packed_indirect_event", case_matrix_packed_indirect_event},
    {"gpu_pictures", case_gpu_pictures},
    {"gpu_displays", case_gpu_displays},
    {"gpu_cursor", case_gpu_cursor},
    {"gpu_errors", case_gpu_errors},
    {"gpu_recover", case_gpu_recover},
    {"pci_scan", case_pci_scan},
    {"pci_classes", case_pci_classes},
    {"pci_windows", case_pci_windows},
    {"input_events", case_input_events},
    {"input_many", case_input_many},
    {"input_overflow", case_input_overflow},
    {"input_questions", case_input_questions},
    {"input_leds", case_input_leds},
    {"input_recover", case_input_recover},
};

#define CASES (sizeof(cases) / sizeof(cases[0]))

static int usage(void)
{
    fputs("qemu_tier legacy|modern CASE FOLDER PATTERN_SH\n"
          "Runs one case; its files are made in FOLDER.\n"
          "qemu_tier soak KIND WRAPS FOLDER PATTERN_SH\n"
          "Random traffic on four queues of the kind, until every index of 16 bits has wrapped so often.\n"
          "qemu_tier list CASE...\n"
          "Are these all the cases? Cases:",
          stderr);
    for (size_t i = 0; i < CASES; i++)
        fprintf(stderr, " %s", cases[i].name);
    fputc('\n', stderr);
    return 2;
}

/* Images that a case has changed are kept only if it fails. */
static void remove_images(void)
{
    static const char *const files[] = {"disk.img", "other.img", "expected.img", "qtest.sock", "qmp.sock"};

    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
        (void)unlink(files[i]);
}

/* The test runner has a list of its own: a case that it does not know would never run. */
static int compare_list(char *const names[], size_t count)
{
    CHECK_NUMBER(count, CASES);
    for (size_t i = 0; i < CASES; i++)
        if (strcmp(names[i], cases[i].name) != 0)
            check_failed(__FILE__, __LINE__, "case %zu is %s, not %s", i, cases[i].name, names[i]);
    printf("the matrix makes %u requests\n", matrix_requests());
    CHECK(matrix_requests() >= MATRIX_REQUESTS_LEAST);
    return 0;
}

static int run_case(const char *name, bool legacy)
{
    for (size_t i = 0; i < CASES; i++)
        if (strcmp(name, cases[i].name) == 0) {
            cases[i].run(legacy);
            remove_images();
            printf("%s: OK\n", name);
            return 0;
        }
    return usage();
}

static const struct {
    const char *name;
    void (*run)(unsigned times);
} soaks[] = {{"input", input_soak}, {"console", console_soak}};

#define SOAKS (sizeof(soaks) / sizeof(soaks[0]))

/* All kinds of rings, or the one that is named: "legacy_split", "modern_packed_indirect_event"; or a device.
 */
static int run_soak(const char *name, const char *wraps)
{
    char *end;
    const unsigned long count = strtoul(wraps, &end, 10);
    bool found = false;

    if (end == wraps || *end != '\0' || count == 0 || count > MATRIX_WRAPS_MOST) {
        fprintf(stderr, "qemu_tier soak: WRAPS is \"%s\", not a number from 1 to %u\n", wraps,
                MATRIX_WRAPS_MOST);
        return 2;
    }
    for (size_t i = 0; i < SOAKS; i++)
        if (strcmp(name, soaks[i].name) == 0) {
            soaks[i].run((unsigned)count);
            found = true;
        }
    for (unsigned i = 0; i < MATRIX_KINDS; i++) {
        if (strcmp(name, "all") != 0 && strcmp(name, matrix_name(i)) != 0)
            continue;
        matrix_soak(i, (unsigned)count);
        found = true;
    }
    if (found) {
        remove_images();
        return 0;
    }
    fprintf(stderr, "qemu_tier soak: KIND is \"%s\", not all", name);
    for (size_t i = 0; i < SOAKS; i++)
        fprintf(stderr, ", %s", soaks[i].name);
    for (unsigned i = 0; i < MATRIX_KINDS; i++)
        fprintf(stderr, ", %s", matrix_name(i));
    fputc('\n', stderr);
    return 2;
}

/* Makes the folder the current one. */
static bool enter(const char *folder, const char *pattern)
{
    static char script[PATH_MAX];

    if (realpath(pattern, script) == NULL) {
        fprintf(stderr, "qemu_tier: %s: %s\n", pattern, strerror(errno));
        return false;
    }
    if ((mkdir(folder, 0700) != 0 && errno != EEXIST) || chdir(folder) != 0) {
        fprintf(stderr, "qemu_tier: %s: %s\n", folder, strerror(errno));
        return false;
    }
    check_clean_up = machine_abandon;
    image_script(script);
    return true;
}

int main(int argc, char *argv[])
{
    if (argc > 1 && strcmp(argv[1], "list") == 0)
        return compare_list(argv + 2, (size_t)argc - 2);
    if (argc == 6 && strcmp(argv[1], "soak") == 0)
        return enter(argv[4], argv[5]) ? run_soak(argv[2], argv[3]) : 2;
    if (argc != 5 || (strcmp(argv[1], "legacy") != 0 && strcmp(argv[1], "modern") != 0))
        return usage();
    return enter(argv[3], argv[4]) ? run_case(argv[2], strcmp(argv[1], "legacy") == 0) : 2;
}
