/* SPDX-License-Identifier: MIT */
#ifndef VWR_ARRAY_H
#define VWR_ARRAY_H

#include "vwr/result.h"
#include "vwr/tables.h"

VWR_BEGIN_C

/**
 * DOC: Arrays that a caller passes
 *
 * In a setup structure, the size of an array is in the member that follows it:
 *
 * - `x_count` is the number of entries of the array `x`, or of an array `xs`,
 * - `x_bytes` is the size of the memory `x` in bytes.
 *
 * The size is that of the whole array. Where several requests, sessions or sockets share an array, each gets
 * an equal part, and a macro such as VWR_VBLK_SEGS() computes the total size. The function that takes the
 * structure checks each size before it uses the memory. If one is too small, the function fails with
 * VWR_ENOMEM and records a struct vwr_shortage. An array that is NULL has no entries.
 */

/**
 * VWR_COUNT() - Number of entries of an array
 * @array: Array; not a pointer.
 */
#define VWR_COUNT(array) (sizeof(array) / sizeof(*(array)))

/**
 * struct vwr_shortage - Describes an array in a setup structure that is too small
 * @size: Name of the member that contains the size; NULL in a build without VWR_WITH_TEXTS.
 * @given: Size that was passed.
 * @needed: Minimum size, in the same unit; 0: no array is too small.
 */
struct vwr_shortage {
    const char *size;
    size_t given;
    size_t needed;
};

/**
 * vwr_array_fits() - Check the size of an array
 * @s: Filled in with the sizes; @s->needed is 0 if the array is large enough.
 * @size: Name of the member that contains the size.
 * @array: Array.
 * @given: Its size.
 * @needed: Minimum size.
 *
 * Return: true if @needed is 0, or if @array is not NULL and @given is at least @needed.
 */
VWR_MUST_CHECK bool vwr_array_fits(struct vwr_shortage *s, const char *size, const void *array, size_t given,
                                   size_t needed);

/**
 * VWR_ARRAY_FITS() - Check the size of an array in a setup structure
 * @s: struct vwr_shortage.
 * @setup: Setup structure.
 * @array: Member that is the array.
 * @size: Member that contains its size.
 * @needed: Minimum size.
 */
#define VWR_ARRAY_FITS(s, setup, array, size, needed) \
    vwr_array_fits(s, VWR_WORDS(#size), (setup)->array, (setup)->size, needed)

/**
 * vwr_array_part() - Compute the size of each part of a shared array
 * @size: Size of the array.
 * @parts: Number of parts, not 0.
 * @most: Maximum size of a part.
 *
 * Return: Size of a part, at most @most.
 */
uint32_t vwr_array_part(size_t size, uint32_t parts, uint32_t most);

/**
 * vwr_shortage_explain() - Describe an array that is too small
 * @s: Shortage.
 * @text: Memory for the message; it is always terminated.
 * @bytes: Size of @text in bytes.
 *
 * Return: Length of the message, without its terminator; 0: no array is too small.
 */
size_t vwr_shortage_explain(const struct vwr_shortage *s, char *text, size_t bytes);

VWR_END_C

#endif
