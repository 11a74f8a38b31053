/* SPDX-License-Identifier: MIT */
#ifndef VWR_FUSE_H
#define VWR_FUSE_H

#include "vwr/p9.h"

/**
 * DOC: The protocol FUSE
 *
 * The server (vwr/vfs.h) and the driver (vwr/fs.h) share these definitions. The numbers come from Linux
 * (linux/fuse.h), version 7.31, the first version that virtio-fs used. They are not in spec/, because the
 * VIRTIO specification only refers to that header. The driver chooses the byte order of all numbers, and the
 * opcode of INIT reveals it. Virtwright's driver is little-endian. A request starts with
 *
 *     len[4] opcode[4] unique[8] nodeid[8] uid[4] gid[4] pid[4] padding[4]
 *
 * and an answer with
 *
 *     len[4] error[4] unique[8]
 *
 * where len includes the header, and error is 0 or a negative Linux error number (vwr/p9.h). Open flags, file
 * types and error numbers are those of vwr/p9.h. Names are null-terminated.
 */

/** VWR_FUSE_NAME - Maximum length of a file name in bytes */
#define VWR_FUSE_NAME VWR_P9_NAME

#ifdef __cplusplus
extern "C" {
#endif

/**
 * enum vwr_fuse_opcode - Request types; VWR_FUSE_FORM_* lists the fields of each
 *
 * In the comments below, the fields of the answer follow the "|". An entry is nodeid[8] generation[8]
 * entry_valid[8] attr_valid[8] entry_valid_nsec[4] attr_valid_nsec[4] attr, and attr is ino[8] size[8]
 * blocks[8] atime[8] mtime[8] ctime[8] atimensec[4] mtimensec[4] ctimensec[4] mode[4] nlink[4] uid[4] gid[4]
 * rdev[4] blksize[4] flags[4].
 */
enum vwr_fuse_opcode {
    VWR_FUSE_LOOKUP = 1,   /* | entry */
    VWR_FUSE_FORGET = 2,   /* no answer */
    VWR_FUSE_GETATTR = 3,  /* | valid[8] valid_nsec[4] padding[4] attr */
    VWR_FUSE_SETATTR = 4,  /* | as GETATTR */
    VWR_FUSE_READLINK = 5, /* | target, without NUL */
    VWR_FUSE_SYMLINK = 6,  /* | entry */
    VWR_FUSE_MKNOD = 8,    /* | entry */
    VWR_FUSE_MKDIR = 9,    /* | entry */
    VWR_FUSE_UNLINK = 10,  /* | */
    VWR_FUSE_RMDIR = 11,   /* | */
    VWR_FUSE_RENAME = 12,  /* | */
    VWR_FUSE_LINK = 13,    /* | entry */
    VWR_FUSE_OPEN = 14,    /* | fh[8] open_flags[4] padding[4] */
    VWR_FUSE_READ = 15,    /* | data */
    VWR_FUSE_WRITE = 16,   /* | size[4] padding[4] */
    VWR_FUSE_STATFS = 17,  /* | blocks[8] bfree[8] bavail[8] files[8] ffree[8] bsize[4] namelen[4] frsize[4]
                              padding[28] */
    VWR_FUSE_RELEASE = 18, /* | */
    VWR_FUSE_FSYNC = 20,   /* | */
    VWR_FUSE_FLUSH = 25,   /* | */
    VWR_FUSE_INIT = 26,    /* | major[4] minor[4] max_readahead[4] flags[4] max_background[2]
                              congestion_threshold[2] max_write[4] time_gran[4] max_pages[2]
                              map_alignment[2] padding[32] */
    VWR_FUSE_OPENDIR = 27, /* | as OPEN */
    VWR_FUSE_READDIR = 28, /* | entries: ino[8] off[8] namelen[4] type[4] name, in units of 8 */
    VWR_FUSE_RELEASEDIR = 29,   /* | */
    VWR_FUSE_FSYNCDIR = 30,     /* | */
    VWR_FUSE_CREATE = 35,       /* | entry, as OPEN */
    VWR_FUSE_INTERRUPT = 36,    /* no answer */
    VWR_FUSE_DESTROY = 38,      /* | */
    VWR_FUSE_BATCH_FORGET = 42, /* no answer */
    VWR_FUSE_RENAME2 = 45,      /* | */
    VWR_FUSE_SETUPMAPPING = 48, /* | */
    VWR_FUSE_REMOVEMAPPING = 49 /* | */
};

/*
 * Fields of each request after its header, one letter per field:
 *
 *   4 8   a number of so many bytes
 *   - =   4 or 8 unused bytes
 *   h     an open file [8]
 *   g     a second node [8]
 *   n m   a name, a second one
 *   t     the target of a link, with a NUL
 *   d     data to the end
 *   *     anything to the end
 */
#define VWR_FUSE_FORM_LOOKUP "n"
#define VWR_FUSE_FORM_FORGET "8"    /* nlookup */
#define VWR_FUSE_FORM_GETATTR "4-8" /* flags, fh */
#define VWR_FUSE_FORM_SETATTR \
    "4-88=8884444-44-" /* valid, fh, size, atime, mtime, ctime; their nanoseconds; mode, uid, gid */
#define VWR_FUSE_FORM_READLINK ""
#define VWR_FUSE_FORM_SYMLINK "nt"
#define VWR_FUSE_FORM_MKNOD "44--n" /* mode, rdev */
#define VWR_FUSE_FORM_MKDIR "4-n"   /* mode */
#define VWR_FUSE_FORM_UNLINK "n"
#define VWR_FUSE_FORM_RENAME "gnm"
#define VWR_FUSE_FORM_RENAME2 "g4-nm" /* flags */
#define VWR_FUSE_FORM_LINK "gn"
#define VWR_FUSE_FORM_OPEN "4-"        /* flags */
#define VWR_FUSE_FORM_READ "h84-=--"   /* offset, size */
#define VWR_FUSE_FORM_WRITE "h84-=--d" /* offset, size */
#define VWR_FUSE_FORM_STATFS ""
#define VWR_FUSE_FORM_RELEASE "h--="
#define VWR_FUSE_FORM_FLUSH "h--="
#define VWR_FUSE_FORM_FSYNC "h--"
#define VWR_FUSE_FORM_INIT "4444*" /* major, minor, max_readahead, flags */
#define VWR_FUSE_FORM_DESTROY ""
#define VWR_FUSE_FORM_CREATE "44--n"     /* flags, mode */
#define VWR_FUSE_FORM_INTERRUPT "8"      /* unique */
#define VWR_FUSE_FORM_BATCH_FORGET "4-*" /* count, then nodeid[8] nlookup[8] of each */
#define VWR_FUSE_FORM_SETUPMAPPING \
    "88888" /* fh or VWR_FUSE_NO_FILE, offset, size, flags, offset in the window */
#define VWR_FUSE_FORM_REMOVEMAPPING "4*"      /* count, then offset[8] in the window and size[8] of each */
#define VWR_FUSE_FORM_REMOVEMAPPING_ONE "488" /* the same, of one range */

#define VWR_FUSE_MAJOR 7u
#define VWR_FUSE_MINOR 31u
#define VWR_FUSE_ROOT 1u         /* nodeid of the root */
#define VWR_FUSE_HEADER 40u      /* of a request */
#define VWR_FUSE_OUT_HEADER 16u  /* of an answer */
#define VWR_FUSE_ATTR 88u        /* attr of the list above */
#define VWR_FUSE_ENTRY 128u      /* entry of the list above */
#define VWR_FUSE_ATTR_OUT 104u   /* answer of GETATTR */
#define VWR_FUSE_OPEN_OUT 16u    /* answer of OPEN */
#define VWR_FUSE_WRITE_OUT 8u    /* answer of WRITE */
#define VWR_FUSE_STATFS_OUT 80u  /* answer of STATFS */
#define VWR_FUSE_INIT_OUT 64u    /* answer of INIT */
#define VWR_FUSE_DIRENT 24u      /* folder entry without its name */
#define VWR_FUSE_UNIT 8u         /* its length is a multiple of this */
#define VWR_FUSE_FORGET_ONE 16u  /* of BATCH_FORGET */
#define VWR_FUSE_READ_IN 40u     /* of READ and WRITE, after the header */
#define VWR_FUSE_WRITE_MIN 4096u /* least max_write */
#define VWR_FUSE_RANGE 16u       /* of REMOVEMAPPING */

/** VWR_FUSE_NO_FILE - fh in SETUPMAPPING: map the node itself, not an open file */
#define VWR_FUSE_NO_FILE (~(uint64_t)0)

/** enum vwr_fuse_init - Flags of INIT */
enum vwr_fuse_init {
    VWR_FUSE_ASYNC_READ = 1,
    VWR_FUSE_BIG_WRITES = 0x20,
    VWR_FUSE_AUTO_INVAL_DATA = 0x1000,
    VWR_FUSE_PARALLEL_DIROPS = 0x40000,
    VWR_FUSE_MAX_PAGES = 0x400000,
    VWR_FUSE_MAP_ALIGNMENT = 0x4000000 /* map_alignment is the logarithm */
};

/** enum vwr_fuse_mapping - Flags of SETUPMAPPING: how the driver accesses the range */
enum vwr_fuse_mapping { VWR_FUSE_MAPPING_WRITE = 1, VWR_FUSE_MAPPING_READ = 2 };

/** VWR_FUSE_GETATTR_FH - Flag of GETATTR: get the attributes of fh */
#define VWR_FUSE_GETATTR_FH 1u

/** enum vwr_fuse_set - Attributes that SETATTR sets */
enum vwr_fuse_set {
    VWR_FUSE_SET_MODE = 1,
    VWR_FUSE_SET_UID = 2,
    VWR_FUSE_SET_GID = 4,
    VWR_FUSE_SET_SIZE = 8,
    VWR_FUSE_SET_ATIME = 0x10,
    VWR_FUSE_SET_MTIME = 0x20,
    VWR_FUSE_SET_FH = 0x40,
    VWR_FUSE_SET_ATIME_NOW = 0x80,
    VWR_FUSE_SET_MTIME_NOW = 0x100
};

#ifdef __cplusplus
}
#endif

#endif
