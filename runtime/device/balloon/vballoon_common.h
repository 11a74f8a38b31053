/* SPDX-License-Identifier: MIT */
#ifndef VWR_DEVICE_VBALLOON_COMMON_H
#define VWR_DEVICE_VBALLOON_COMMON_H

#include "vwr/bytes.h"
#include "vwr/vballoon.h"

/* Shared by the files of a balloon; not for embedders. The caller holds the lock. */

enum {
    VBALLOON_STATS_MOST = 64 /* maximum number of statistics read from one buffer */
};

/* The statistics buffer; NULL: the device does not hold it. */
static inline struct vwr_vmessage *vballoon_held(const struct vwr_vballoon *b)
{
    return vwr_service_kept(&b->service.service, &b->stats);
}

/* vwr_vballoon_pages.c: sets up an empty bitmap for the memory of a VM. false: the bitmap is too small, and
   contains no page.
 */
bool vwr_vballoon_take_memory_(struct vwr_vballoon *b, const struct vwr_vm *vm, uint32_t *map,
                               uint32_t words);

/* Returns all pages to the guest. */
void vwr_vballoon_clear_(struct vwr_vballoon *b);

/*
 * For a saved state: counts the pages in the loaded bitmap; false: a bit does not stand for a page. Then
 * calls `release` for each range of pages in the balloon.
 */
bool vwr_vballoon_count_again_(struct vwr_vballoon *b);
void vwr_vballoon_release_again_(struct vwr_vballoon *b);

/* vwr_vballoon.c */
void vwr_vballoon_write_config_(struct vwr_vballoon *b);

/* Message handlers, called by the generated service. */
int vwr_vballoon_list_(struct vwr_balloon_vservice *s, struct vwr_vmessage *x);
int vwr_vballoon_report_(struct vwr_balloon_vservice *s, struct vwr_vmessage *x);
int vwr_vballoon_hints_(struct vwr_balloon_vservice *s, struct vwr_vmessage *x);
int vwr_vballoon_command_(struct vwr_balloon_vservice *s, struct vwr_vmessage *x,
                          const struct vwr_balloon_free_page_command_msg *m);

#endif
