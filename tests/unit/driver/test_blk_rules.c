/* SPDX-License-Identifier: MIT */
#include "world.h"
#include "vwr/blk_rules.h"

/* The rules of block requests, without a disk. Section: Block Device / Device Operation. */

static int check(uint32_t type, bool legacy, uint32_t offered, uint32_t accepted)
{
    struct vwr_features o = {{offered, 0, 0, 0}};
    struct vwr_features a = {{accepted, 0, 0, 0}};

    return vwr_blk_check_type(vwr_blk_request_row(type), legacy, &o, &a);
}

static void types(void **state)
{
    const uint32_t flush = 1u << VWR_BLK_F_FLUSH;
    const uint32_t ro = 1u << VWR_BLK_F_RO;

    (void)state;
    assert_null(vwr_blk_request_row(0x7fffffff));
    assert_int_equal(check(0x7fffffff, false, 0, 0), VWR_EUNSUPP);
    assert_int_equal(check(VWR_BLK_T_IN, false, ro, 0), VWR_OK);
    assert_int_equal(check(VWR_BLK_T_OUT, false, 0, ro), VWR_OK);
    assert_int_equal(check(VWR_BLK_T_OUT, false, ro, 0), VWR_EROFS);
    assert_int_equal(check(VWR_BLK_T_FLUSH, false, flush, 0), VWR_EUNSUPP);
    assert_int_equal(check(VWR_BLK_T_FLUSH, false, flush, flush), VWR_OK);
    assert_int_equal(check(VWR_BLK_T_FLUSH_OUT, false, flush, flush), VWR_EUNSUPP);
    assert_int_equal(check(VWR_BLK_T_FLUSH_OUT, true, flush, flush), VWR_OK);
    assert_int_equal(check(VWR_BLK_T_SCSI_CMD, true, ~0u, ~0u), VWR_EUNSUPP);
}

static void data(void **state)
{
    const struct vwr_request *const in = vwr_blk_request_row(VWR_BLK_T_IN);
    const struct vwr_request *const flush = vwr_blk_request_row(VWR_BLK_T_FLUSH);

    (void)state;
    assert_int_equal(vwr_blk_check_data(in, 0), VWR_EINVAL);
    assert_int_equal(vwr_blk_check_data(in, 511), VWR_EALIGN);
    assert_int_equal(vwr_blk_check_data(in, 512), VWR_OK);
    assert_int_equal(vwr_blk_check_data(flush, 0), VWR_OK);
    assert_int_equal(vwr_blk_check_data(flush, 512), VWR_EINVAL);
}

static void sectors(void **state)
{
    (void)state;
    assert_int_equal(vwr_blk_check_sectors(0, 8, 8, 7), VWR_OK);
    assert_int_equal(vwr_blk_check_sectors(1, 8, 8, 0), VWR_ERANGE);
    assert_int_equal(vwr_blk_check_sectors(0, 9, 8, 0), VWR_ERANGE);
    assert_int_equal(vwr_blk_check_sectors(UINT64_MAX, 2, 8, 0), VWR_ERANGE);
    assert_int_equal(vwr_blk_check_sectors(4, 4, 8, 7), VWR_EALIGN);
    assert_int_equal(vwr_blk_check_sectors(0, 4, 8, 7), VWR_EALIGN);
}

static void ranges(void **state)
{
    (void)state;
    assert_int_equal(vwr_blk_check_range(0, 0, 8, 8, 0), VWR_EINVAL);
    assert_int_equal(vwr_blk_check_range(0, 5, 4, 8, 0), VWR_ERANGE);
    assert_int_equal(vwr_blk_check_range(5, 4, 4, 8, 0), VWR_ERANGE);
    assert_int_equal(vwr_blk_check_range(4, 4, 4, 8, 0), VWR_OK);
    assert_int_equal(vwr_blk_check_range(4, 4, 4, 8, 7), VWR_EALIGN);
    assert_int_equal(vwr_blk_check_range_flags(VWR_BLK_T_WRITE_ZEROES, 1), VWR_OK);
    assert_int_equal(vwr_blk_check_range_flags(VWR_BLK_T_WRITE_ZEROES, 3), VWR_EUNSUPP);
    assert_int_equal(vwr_blk_check_range_flags(VWR_BLK_T_DISCARD, 1), VWR_EUNSUPP);
    assert_int_equal(vwr_blk_check_range_flags(VWR_BLK_T_DISCARD, 0), VWR_OK);
}

static void limits(void **state)
{
    (void)state;
    for (unsigned i = 0; i < VWR_BLK_REQUEST_LIMIT_COUNT; i++)
        assert_int_equal(vwr_blk_limit_row(vwr_blk_request_limits[i].type), i);
    assert_int_equal(vwr_blk_limit_row(VWR_BLK_T_IN), VWR_BLK_REQUEST_LIMIT_COUNT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(types),  cmocka_unit_test(data),   cmocka_unit_test(sectors),
        cmocka_unit_test(ranges), cmocka_unit_test(limits),
    };

    return cmocka_run_group_tests_name("blk_rules", tests, NULL, NULL);
}
