/* SPDX-License-Identifier: MIT */
#ifndef TEST_STATE_FOLDER_H
#define TEST_STATE_FOLDER_H

#include "../../hostile/guests/hostile.h"

#include "vwr/p9.h"

/*
 * A folder served through 9P and FUSE, for state.c: a tree with dir/file, and a file that is removed. fill_9p
 * and
 * fill_fs send messages, after which the guest holds the root, a folder, an open file, and a file without a
 * name.
 */
struct vwr_vdev *make_9p(const struct vwr_vdev_setup *s);
struct vwr_vdev *make_fs(const struct vwr_vdev_setup *s);
void fill_9p(struct guest *g);
void fill_fs(struct guest *g);

/* Removes dir/file, which is open in the saved guest. */
void folder_remove_file(void);

/* Reads a byte of the open file: returns the error, or 0. Then closes the file. */
uint32_t read_9p(struct guest *g);
uint32_t clunk_9p(struct guest *g);
uint32_t read_fs(struct guest *g);
uint32_t release_fs(struct guest *g);

/*
 * Forgets the removed file, and looks up dir. Returns whether dir has the same node as when the guest
 * started.
 */
void forget_old(struct guest *g);
bool has_same_dir(struct guest *g);

/* Nodes and open files of FUSE that take a place. */
uint32_t folder_nodes(void);

/*
 * From now on attributes are answered later. Asks for those of the root; how often the file system was asked
 * and has given a call back; answers the last call, and returns the error.
 */
void folder_answers_later(void);
void ask_9p(struct guest *g);
void ask_fs(struct guest *g);
unsigned folder_asked(void);
unsigned folder_gave_back(void);
uint32_t answer_9p(struct guest *g);
uint32_t answer_fs(struct guest *g);

/* From now on, the file system refuses to find its files again. */
enum folder_fault { FOLDER_NO_PATHS, FOLDER_LONG_PATHS, FOLDER_NO_ROOT, FOLDER_WALKS_LATER, FOLDER_NO_OPEN };
void folder_fails(enum folder_fault fault);

/* Counts the handles that are released from now on; selects whether all names refer to one file. */
void folder_aliases(bool aliases);
unsigned folder_released(void);

#endif
