/* SPDX-License-Identifier: MIT */
#ifndef TEST_STATE_FOLDER_H
#define TEST_STATE_FOLDER_H

#include "../../hostile/guests/hostile.h"

#include "vwr/p9.h"

/*
 * A folder by 9P and by FUSE, for state.c: a tree with dir/file, and one that is removed. fill_9p and fill_fs
 * send messages: the guest has the root, a folder, a file that is open, and one without a name.
 */
struct vwr_vdev *make_9p(const struct vwr_vdev_setup *s);
struct vwr_vdev *make_fs(const struct vwr_vdev_setup *s);
void fill_9p(struct guest *g);
void fill_fs(struct guest *g);

/* Removes dir/file, which the saved guest has open. */
void folder_remove_file(void);

/* Asks for a byte of the file that is open: the error, or 0. Gives it back. */
uint32_t read_9p(struct guest *g);
uint32_t clunk_9p(struct guest *g);
uint32_t read_fs(struct guest *g);
uint32_t release_fs(struct guest *g);

/* Forgets the file that is gone; looks up dir: whether it has the node that it had when the guest started. */
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

/* What the file system refuses from now on: its files are not found again. */
enum folder_fault { FOLDER_NO_PATHS, FOLDER_LONG_PATHS, FOLDER_NO_ROOT, FOLDER_WALKS_LATER, FOLDER_NO_OPEN };
void folder_fails(enum folder_fault fault);

/* Counts the handles that are released from now on; all names are those of one file, or not. */
void folder_aliases(bool aliases);
unsigned folder_released(void);

#endif
