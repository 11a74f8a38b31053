/* SPDX-License-Identifier: MIT */
#include "vhost_host.h"

#include "front.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/vfs.h>

/* Real objects of the kernel that a front end passes, and what it does with them while they are in use. */

#define V VWR_VHOST_USER_VERSION
#define RESERVE "/proc/sys/vm/nr_hugepages"
#define HUGE_PAGES 4u /* that a test needs */

static void expect_end(struct front *f, const char *says)
{
    assert_int_equal(front_work(f), VWR_ENODEV);
    if (strstr(f->h.why, says) == NULL)
        fail_msg("\"%s\", expected: %s", f->h.why, says);
}

/* A number of /proc/meminfo. */
static unsigned long number_of(const char *name)
{
    FILE *const file = fopen("/proc/meminfo", "r");
    unsigned long found = 0;
    char line[128];

    assert_non_null(file);
    while (fgets(line, sizeof(line), file) != NULL)
        if (strncmp(line, name, strlen(name)) == 0)
            found = strtoul(line + strlen(name), NULL, 10);
    (void)fclose(file);
    return found;
}

static void reserve(unsigned long pages)
{
    FILE *const file = fopen(RESERVE, "w");

    if (file == NULL)
        return;
    (void)fprintf(file, "%lu\n", pages);
    (void)fclose(file);
}

/* Connections come and go: their pages return to the system. QEMU's first region is of this kind: 640 KiB. */
static void huge_pages(void **state)
{
    const unsigned long before = number_of("HugePages_Total:");
    const unsigned maps = count_maps();
    unsigned long free_pages;
    struct front f;

    (void)state;
    if (number_of("HugePages_Free:") < HUGE_PAGES)
        reserve(before + HUGE_PAGES); /* as root, and if there is room */
    free_pages = number_of("HugePages_Free:");
    if (free_pages < HUGE_PAGES) {
        print_message("note: no huge pages here: " RESERVE "\n");
        return;
    }
    front_huge_page = number_of("Hugepagesize:") << 10;
    for (unsigned i = 0; i < 2 * HUGE_PAGES; i++) {
        front_begin(&f, RUNNING, 0);
        front_add(&f);
        assert_int_equal(front_work(&f), VWR_OK);
        assert_true(front_take(&f, &(uint8_t){0}));
        if (i % 2u != 0) { /* in use */
            front_put(&f);
            assert_int_equal(ftruncate(f.file, 0), 0);
            front_kick(&f);
            expect_end(&f, "has taken memory away");
        }
        front_end(&f);
        assert_int_equal(count_maps(), maps);
        assert_int_equal(number_of("HugePages_Free:"), free_pages);
    }
    front_huge_page = 0;
    if (number_of("HugePages_Total:") != before)
        reserve(before);
}

/* Pages of a file of a disk, or of a program by FUSE, may never come. */
static void other_file_systems(void **state)
{
    struct {
        struct vwr_vhost_user_memory head;
        struct vwr_vhost_user_memory_region r;
    } const table = {{1, 0}, {FRONT_GUEST, 4096, FRONT_USER, 0}};
    const uint64_t log[2] = {4096, 0};
    char path[] = "objects_XXXXXX";
    struct front f;
    struct statfs s;
    const int file = mkstemp(path);

    (void)state;
    assert_true(file >= 0 && unlink(path) == 0 && ftruncate(file, 4096) == 0 && fstatfs(file, &s) == 0);
    if (s.f_type == TMPFS_MAGIC) {
        print_message("note: the build folder is in memory\n");
        (void)close(file);
        return;
    }
    front_begin(&f, NEGOTIATED, 0);
    front_send(&f, VWR_VHOST_USER_SET_MEM_TABLE, V, &table, sizeof(table), &file, 1);
    expect_end(&f, "The file of a region of memory is not a memfd");
    front_end(&f);
    front_begin(&f, NEGOTIATED, (uint64_t)1 << VWR_VHOST_USER_F_LOG_ALL);
    front_send(&f, VWR_VHOST_USER_SET_LOG_BASE, V, log, sizeof(log), &file, 1);
    expect_end(&f, "The file of the log of written pages is not a memfd");
    front_end(&f);
    front_begin(&f, NEGOTIATED, 0);
    f.h.any_memory = true;
    front_send(&f, VWR_VHOST_USER_SET_MEM_TABLE, V, &table, sizeof(table), &file, 1);
    assert_int_equal(front_work(&f), VWR_OK);
    front_end(&f);
    (void)close(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(huge_pages),
        cmocka_unit_test(other_file_systems),
    };

    return cmocka_run_group_tests_name("objects", tests, NULL, NULL);
}
