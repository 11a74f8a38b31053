/* SPDX-License-Identifier: MIT */
#include "board.h"
#include "cases.h"
#include "check.h"
#include "disk.h"
#include "machine.h"
#include "pattern.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/*
 * The PCI interfaces with which a case makes sense. With the legacy interface, the device chooses the queue
 * size.
 */
enum on_pci {
    NOT_ON_PCI = 0,
    PCI_MODERN = 1,
    PCI_LEGACY = 2,
    PCI_BOTH = PCI_MODERN | PCI_LEGACY,
    ONLY_LINE = 4,                           /* only with INTx */
    PCI_LINE = ONLY_LINE | PCI_BOTH,         /* it reads the ISR status, or counts how often a line rises */
    PCI_MODERN_LINE = ONLY_LINE | PCI_MODERN /* QEMU's memory device has no vectors */
};

static const struct {
    const char *name;
    void (*run)(bool legacy);
    enum on_pci on_pci;
} cases[] = {
    {"whole_disk", case_whole_disk, PCI_BOTH},
    {"write_flush", case_write_flush, PCI_BOTH},
    {"read_only", case_read_only, PCI_BOTH},
    {"blocks_4k", case_blocks_4k, PCI_BOTH},
    {"large_transfer", case_large_transfer, PCI_BOTH},
    {"two_disks", case_two_disks, PCI_BOTH},
    {"scattered", case_scattered, PCI_BOTH},
    {"segments", case_segments, PCI_MODERN},
    {"queue_size", case_queue_size, PCI_MODERN},
    {"bus_cost", case_bus_cost, PCI_LINE},
    {"batch", case_batch, PCI_LINE},
    {"empty_slot", case_empty_slot, NOT_ON_PCI},
    {"scan", case_scan, NOT_ON_PCI},
    {"not_a_disk", case_not_a_disk, PCI_BOTH},
    {"get_id", case_get_id, PCI_BOTH},
    {"info", case_info, PCI_MODERN},
    {"features", case_features, PCI_BOTH},
    {"config_change", case_config_change, PCI_LINE},
    {"io_error", case_io_error, PCI_BOTH},
    {"write_error", case_write_error, PCI_BOTH},
    {"medium_gone", case_medium_gone, PCI_BOTH},
    {"timeout", case_timeout, PCI_BOTH},
    {"late_answer", case_late_answer, PCI_BOTH},
    {"needs_reset", case_needs_reset, PCI_BOTH},
    {"forged_used", case_forged_used, PCI_BOTH},
    {"reopen", case_reopen, PCI_MODERN},
    {"recover_held_return", case_recover_held_return, PCI_BOTH},
    {"recover_held_replay", case_recover_held_replay, PCI_BOTH},
    {"recover_needs_reset_return", case_recover_needs_reset_return, PCI_BOTH},
    {"recover_needs_reset_replay", case_recover_needs_reset_replay, PCI_BOTH},
    {"recover_stopped_return", case_recover_stopped_return, PCI_BOTH},
    {"recover_stopped_replay", case_recover_stopped_replay, PCI_BOTH},
    {"recover_frozen_return", case_recover_frozen_return, PCI_BOTH},
    {"recover_frozen_replay", case_recover_frozen_replay, PCI_BOTH},
    {"recover_bad_ring_return", case_recover_bad_ring_return, PCI_BOTH},
    {"recover_bad_ring_replay", case_recover_bad_ring_replay, PCI_BOTH},
    {"recover_wait", case_recover_wait, PCI_BOTH},
    {"recover_interrupt", case_recover_interrupt, PCI_BOTH},
    {"power_log", case_power_log, PCI_BOTH},
    {"power_log_without_flush", case_power_log_without_flush, PCI_BOTH},
    {"wrong_use", case_wrong_use, PCI_MODERN},
    {"ranges", case_ranges, PCI_BOTH},
    {"interrupts", case_interrupts, PCI_LINE},
    {"counters", case_counters, PCI_BOTH},
    {"threads", case_threads, PCI_BOTH},
    {"queue_reset", case_queue_reset, PCI_BOTH},
    {"resize", case_resize, PCI_BOTH},
    {"write_cache", case_write_cache, PCI_BOTH},
    {"console", case_console, PCI_MODERN},
    {"entropy", case_entropy, PCI_BOTH},
    {"console_one", case_console_one, PCI_BOTH},
    {"console_ports", case_console_ports, PCI_BOTH},
    {"console_many", case_console_many, PCI_BOTH},
    {"console_recover", case_console_recover, PCI_BOTH},
    {"net_user", case_net_user, PCI_BOTH},
    {"net_frames", case_net_frames, PCI_BOTH},
    {"net_settings", case_net_settings, PCI_BOTH},
    {"net_interrupts", case_net_interrupts, PCI_BOTH},
    {"net_link", case_net_link, PCI_BOTH},
    {"net_pairs", case_net_pairs, PCI_BOTH},
    {"net_offloads", case_net_offloads, PCI_BOTH},
    {"entropy_pool", case_entropy_pool, PCI_BOTH},
    {"entropy_short", case_entropy_short, PCI_BOTH},
    {"entropy_recover", case_entropy_recover, PCI_BOTH},
    {"balloon_pages", case_balloon_pages, PCI_LINE},
    {"balloon_more", case_balloon_more, PCI_LINE},
    {"balloon_hints", case_balloon_hints, PCI_LINE},
    {"9p_files", case_9p_files, PCI_BOTH},
    {"9p_names", case_9p_names, PCI_BOTH},
    {"9p_recover", case_9p_recover, PCI_BOTH},
    {"scsi_disks", case_scsi_disks, PCI_BOTH},
    {"scsi_events", case_scsi_events, PCI_BOTH},
    {"crypto_answers", case_crypto_answers, PCI_MODERN},
    {"matrix_split", case_matrix_split, PCI_BOTH},
    {"matrix_split_indirect", case_matrix_split_indirect, PCI_BOTH},
    {"matrix_split_event", case_matrix_split_event, PCI_BOTH},
    {"matrix_split_indirect_event", case_matrix_split_indirect_event, PCI_BOTH},
    {"matrix_blkverify", case_matrix_blkverify, PCI_BOTH},
    {"matrix_packed", case_matrix_packed, PCI_MODERN},
    {"matrix_packed_indirect", case_matrix_packed_indirect, PCI_MODERN},
    {"matrix_packed_event", case_matrix_packed_event, PCI_MODERN},
    {"matrix_packed_indirect_event", case_matrix_packed_indirect_event, PCI_MODERN},
    {"gpu_pictures", case_gpu_pictures, PCI_MODERN},
    {"gpu_displays", case_gpu_displays, PCI_MODERN},
    {"gpu_cursor", case_gpu_cursor, PCI_MODERN},
    {"gpu_errors", case_gpu_errors, PCI_MODERN},
    {"gpu_recover", case_gpu_recover, PCI_MODERN},
    {"input_events", case_input_events, PCI_MODERN},
    {"input_many", case_input_many, PCI_MODERN},
    {"input_overflow", case_input_overflow, PCI_MODERN},
    {"input_questions", case_input_questions, PCI_MODERN},
    {"input_leds", case_input_leds, PCI_MODERN},
    {"input_recover", case_input_recover, PCI_MODERN},
    {"fs_files", case_fs_files, PCI_MODERN},
    {"fs_recover", case_fs_recover, PCI_MODERN},
    {"pci_disk", case_pci_disk, PCI_BOTH},
    {"pci_interrupts", case_pci_interrupts, PCI_LINE},
    {"pci_scan", case_pci_scan, PCI_MODERN},
    {"pci_classes", case_pci_classes, PCI_MODERN},
    {"pci_windows", case_pci_windows, PCI_MODERN},
    {"pci_many", case_pci_many, PCI_MODERN},
    {"pci_unplug", case_pci_unplug, PCI_MODERN},
    {"pci_mem", case_pci_mem, PCI_MODERN_LINE},
};

#define CASES (sizeof(cases) / sizeof(cases[0]))

static int usage(void)
{
    fputs("qemu_tier BOARD CASE FOLDER PATTERN_SH\n"
          "Runs one case; its files are made in FOLDER.\n"
          "qemu_tier soak KIND WRAPS FOLDER PATTERN_SH\n"
          "Random traffic on four queues of the kind, until every index of 16 bits has wrapped so often.\n"
          "qemu_tier record sound FOLDER PATTERN_SH\n"
          "Writes a recording of the class into FOLDER, for ../exchanges.\n"
          "qemu_tier list CASE...\n"
          "Are these all the cases? Cases:",
          stderr);
    for (size_t i = 0; i < CASES; i++)
        fprintf(stderr, " %s", cases[i].name);
    fputc('\n', stderr);
    return 2;
}

/* Changed images are kept only if the case fails. */
static void remove_images(void)
{
    static const char *const files[] = {"disk.img", "other.img", "expected.img", "qtest.sock", "qmp.sock"};

    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
        (void)unlink(files[i]);
}

/* Compares the cases with the test runner's list. A case that is missing there would never run. */
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
            machine_end();
            remove_images();
            printf("%s: OK\n", name);
            return 0;
        }
    return usage();
}

/* Runs the case in a separate process and folder. */
static void run_apart(const char *words, unsigned number)
{
    char folder[100];
    int status = 0;
    pid_t child;

    printf("%s %s\n", words, cases[number].name);
    fflush(stdout);
    child = fork();
    CHECK_SYS(child >= 0);
    if (child == 0) {
        snprintf(folder, sizeof(folder), "%s_%s", words, cases[number].name);
        CHECK_SYS((mkdir(folder, 0700) == 0 || errno == EEXIST) && chdir(folder) == 0);
        CHECK(board_choose(words));
        exit(run_case(cases[number].name, board_is_legacy()));
    }
    CHECK_SYS(waitpid(child, &status, 0) == child);
    if (!WIFEXITED(status) || (WEXITSTATUS(status) != 0 && WEXITSTATUS(status) != SKIPPED))
        check_failed(__FILE__, __LINE__, "%s %s has failed", words, cases[number].name);
}

/*
 * Runs every case that makes sense on PCI, on each board, with each interface and each kind of interrupt.
 */
static void soak_pci(unsigned times)
{
    disk_runs_all_kinds = true;
    while (times-- > 0)
        for (unsigned i = 0; board_words(i) != NULL; i++) {
            CHECK(board_choose(board_words(i)));
            for (unsigned k = 0; board->pci && k < CASES; k++)
                if ((cases[k].on_pci & (board_is_legacy() ? PCI_LEGACY : PCI_MODERN)) != 0 &&
                    ((cases[k].on_pci & ONLY_LINE) == 0 || !board_has_messages()))
                    run_apart(board_words(i), k);
        }
}

static const struct {
    const char *name;
    void (*run)(unsigned times);
} soaks[] = {{"input", input_soak}, {"console", console_soak}, {"9p", files_soak},           {"fs", fs_soak},
             {"sound", sound_soak}, {"pci", soak_pci},         {"matrix", matrix_soak_cells}};

#define SOAKS (sizeof(soaks) / sizeof(soaks[0]))

/* Runs all kinds of rings, or the named one: "legacy_split", "modern_packed_indirect_event"; or a device. */
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

static int run_record(const char *name)
{
    if (strcmp(name, "sound") != 0)
        return usage();
    sound_record();
    return 0;
}

/* Enters the folder. */
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
    if (argc == 6 && strcmp(argv[1], "soak") == 0) {
        const int code = enter(argv[4], argv[5]) ? run_soak(argv[2], argv[3]) : 2;

        machine_end();
        return code;
    }
    if (argc == 5 && strcmp(argv[1], "record") == 0)
        return enter(argv[3], argv[4]) ? run_record(argv[2]) : 2;
    if (argc != 5 || !board_choose(argv[1]))
        return usage();
    return enter(argv[3], argv[4]) ? run_case(argv[2], board_is_legacy()) : 2;
}
