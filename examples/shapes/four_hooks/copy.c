/* SPDX-License-Identifier: MIT */
#include "copy.h"

#define CHUNK 24u /* sectors: 12 KiB of stack, three pages or part of a fourth */

int copy_inverted(struct hooks_disk *d, uint64_t from, uint64_t to, unsigned offset)
{
    uint8_t room[CHUNK * VWR_BLK_SECTOR_BYTES + HOOKS_PAGE + HOOKS_PAGE];
    uint8_t *const page = room + (HOOKS_PAGE - (uintptr_t)room % HOOKS_PAGE) % HOOKS_PAGE;
    uint8_t *const buffer = page + offset % HOOKS_PAGE; /* any address is allowed, even an odd one */
    int r = vwr_blk_read(&d->blk, from, buffer, CHUNK);

    if (r != VWR_OK)
        return r;
    for (unsigned i = 0; i < CHUNK * VWR_BLK_SECTOR_BYTES; i++)
        buffer[i] = (uint8_t)~buffer[i];
    copy_was_here(buffer, CHUNK * VWR_BLK_SECTOR_BYTES);
    return vwr_blk_write(&d->blk, to, buffer, CHUNK);
}
