/* SPDX-License-Identifier: MIT */
#include "vwr/9p.h"

/* A 9P device. */

#define P(name) vwr_9p_##name
#define QUEUE VWR_9P_QUEUE_REQUESTQ
#define OPENED fid

static struct vwr_9p driver;
static int root, fid;

#include "class_files.h"

static void plug(struct world *w, const struct format *f)
{
    fake_9p_plug(w, f);
}

static int open_file(void)
{
    root = vwr_9p_mount(&driver);
    assert_true(root >= 0);
    fid = vwr_9p_walk(&driver, root, "f");
    assert_true(fid > 0);
    return vwr_9p_lopen(&driver, fid, VWR_P9_O_RDONLY);
}

static void is_over(void)
{
    assert_int_equal(driver.msize, 0);
}

static void gives_back(void)
{
    assert_int_equal(vwr_9p_clunk(&driver, fid), VWR_OK);
    assert_int_equal(vwr_9p_clunk(&driver, root), VWR_OK);
}

static void works_again(void)
{
    assert_int_equal(fid, 1);
}

const struct driver_class class_9p = CLASS_OF_FILES("9p");
