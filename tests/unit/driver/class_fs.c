/* SPDX-License-Identifier: MIT */
#include "vwr/fs.h"

/* A file system device. */

#define P(name) vwr_fs_##name
#define QUEUE (VWR_FS_QUEUE_HIPRIO + 1u)
#define OPENED &file

static struct vwr_fs driver;
static struct vwr_fs_node root, node;
static struct vwr_fs_file file;

#include "class_files.h"

static void plug(struct world *w, const struct format *f)
{
    fake_fs_plug(w, f);
}

static int open_file(void)
{
    assert_int_equal(vwr_fs_mount(&driver, &root), VWR_OK);
    assert_int_equal(vwr_fs_lookup(&driver, &root, "f", &node, NULL), VWR_OK);
    return vwr_fs_open_file(&driver, &node, VWR_P9_O_RDONLY, &file);
}

static void is_over(void)
{
    assert_int_equal(driver.io_bytes, 0);
}

static void gives_back(void)
{
    assert_int_equal(vwr_fs_release(&driver, &file), VWR_OK);
    assert_int_equal(vwr_fs_forget(&driver, &node), VWR_OK);
}

static void works_again(void)
{
    assert_int_equal(vwr_fs_forget(&driver, &node), VWR_OK);
}

const struct driver_class class_fs = CLASS_OF_FILES("fs");
