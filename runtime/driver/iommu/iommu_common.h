/* SPDX-License-Identifier: MIT */
#ifndef VWR_DRIVER_IOMMU_COMMON_H
#define VWR_DRIVER_IOMMU_COMMON_H

#include "vwr/iommu.h"

/* Interface between the files of the IOMMU driver. */

/*
 * A message has to wait until a recovery has put everything back.
 *
 * Context: The owner of the device. Waits.
 * Return: VWR_OK. VWR_EFAILED: the device is not open. Other errors: see vwr_client_restore_all().
 */
int vwr_iommu_begin_(const struct vwr_iommu_domain *m);

/*
 * Converts the status of the last message to a result.
 *
 * Context: The owner of the device. Does not wait.
 * Return: @r, or the result that belongs to the status if @r is VWR_EIO.
 */
int vwr_iommu_end_(const struct vwr_iommu *c, int r);

/*
 * Encodes a mapping of the table.
 *
 * Context: The owner of the device. Does not wait.
 */
void vwr_iommu_map_message_(const struct vwr_iommu_domain *m, const struct vwr_iommu_mapping *e,
                            struct vwr_iommu_map_msg *message);

/*
 * Tests whether a range is reserved.
 *
 * Context: The owner of the device. Does not wait.
 * Return: The range that overlaps; NULL: none.
 */
const struct vwr_iommu_range *vwr_iommu_reserved_(const struct vwr_iommu_domain *m, uint64_t virt,
                                                  uint64_t last);

/*
 * Finds the first mapping that ends at or after an address.
 *
 * Context: The owner of the device. Does not wait.
 * Return: Its number; mapping_count: none.
 */
unsigned vwr_iommu_position_(const struct vwr_iommu_domain *m, uint64_t virt);

/*
 * Forgets the mappings that the device may have had before it was reset.
 *
 * Context: The owner of the device. Does not wait.
 */
void vwr_iommu_purge_(struct vwr_iommu_domain *m);

#endif
