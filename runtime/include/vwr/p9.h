/* SPDX-License-Identifier: MIT */
#ifndef VWR_P9_H
#define VWR_P9_H

#include "vwr/base.h"

/**
 * DOC: The protocol 9P2000.L
 *
 * The server (vwr/v9p.h) and the driver (vwr/9p.h) share these definitions. The numbers are those of Linux
 * (net/9p/9p.h). They are not in spec/, because the VIRTIO specification does not define the messages of the
 * 9P device. All numbers are little-endian. A message starts with
 *
 *     size[4] type[1] tag[2] ...
 *
 * where size includes the header. A string is length[2] followed by that many bytes. A qid is type[1]
 * version[4] path[8].
 */

/** VWR_P9_NAME - Maximum length of a file name in bytes */
#define VWR_P9_NAME 255u

#ifdef __cplusplus
extern "C" {
#endif

/**
 * enum vwr_p9_type - Request types; the type of an answer is the next number
 *
 * The comments list the fields of the request, then those of the answer after the "|".
 */
enum vwr_p9_type {
    VWR_P9_RLERROR = 7,    /* | error[4] */
    VWR_P9_TSTATFS = 8,    /* fid[4] | type[4] bsize[4] blocks[8] bfree[8] bavail[8] files[8] ffree[8] fsid[8]
                              namelen[4] */
    VWR_P9_TLOPEN = 12,    /* fid[4] flags[4] | qid iounit[4] */
    VWR_P9_TLCREATE = 14,  /* fid[4] name flags[4] mode[4] gid[4] | qid iounit[4] */
    VWR_P9_TSYMLINK = 16,  /* fid[4] name target gid[4] | qid */
    VWR_P9_TMKNOD = 18,    /* fid[4] name mode[4] major[4] minor[4] gid[4] | qid */
    VWR_P9_TRENAME = 20,   /* fid[4] dfid[4] name | */
    VWR_P9_TREADLINK = 22, /* fid[4] | target */
    VWR_P9_TGETATTR =
        24, /* fid[4] mask[8] | valid[8] qid mode[4] uid[4] gid[4] nlink[8] rdev[8] size[8] blksize[8]
               blocks[8] atime, mtime, ctime, btime: sec[8] nsec[8]; gen[8] data_version[8] */
    VWR_P9_TSETATTR = 26,   /* fid[4] valid[4] mode[4] uid[4] gid[4] size[8] atime, mtime: sec[8] nsec[8] | */
    VWR_P9_TXATTRWALK = 30, /* fid[4] newfid[4] name | size[8] */
    VWR_P9_TXATTRCREATE = 32, /* fid[4] name size[8] flags[4] | */
    VWR_P9_TREADDIR = 40,     /* fid[4] offset[8] count[4] | count[4], entries: qid offset[8] type[1] name */
    VWR_P9_TFSYNC = 50,       /* fid[4] datasync[4], which may be missing | */
    VWR_P9_TLOCK = 52, /* fid[4] type[1] flags[4] start[8] length[8] proc_id[4] client_id | status[1] */
    VWR_P9_TGETLOCK =
        54, /* fid[4] type[1] start[8] length[8] proc_id[4] client_id | type[1] … as in the request */
    VWR_P9_TLINK = 70,     /* dfid[4] fid[4] name | */
    VWR_P9_TMKDIR = 72,    /* dfid[4] name mode[4] gid[4] | qid */
    VWR_P9_TRENAMEAT = 74, /* olddirfid[4] oldname newdirfid[4] newname | */
    VWR_P9_TUNLINKAT = 76, /* dirfid[4] name flags[4] | */
    VWR_P9_TVERSION = 100, /* msize[4] version | msize[4] version */
    VWR_P9_TAUTH = 102,    /* afid[4] uname aname n_uname[4] | aqid */
    VWR_P9_TATTACH = 104,  /* fid[4] afid[4] uname aname n_uname[4] | qid */
    VWR_P9_TFLUSH = 108,   /* oldtag[2] | */
    VWR_P9_TWALK = 110,    /* fid[4] newfid[4] count[2] names | count[2] qids */
    VWR_P9_TREAD = 116,    /* fid[4] offset[8] count[4] | count[4] data */
    VWR_P9_TWRITE = 118,   /* fid[4] offset[8] count[4] data | count[4] */
    VWR_P9_TCLUNK = 120,   /* fid[4] | */
    VWR_P9_TREMOVE = 122   /* fid[4] | */
};

/*
 * Fields of each request after its header, a letter each:
 *
 *   1 2 4 8   a number of so many bytes
 *   f g       a fid, a second one
 *   n m       a name, a second one
 *   w         any string
 *   s         a string that a server need not read
 *   t         the target of a link
 *   d         data to the end
 *   o         a number of 4 bytes that may be missing
 *   *         names to the end
 */
#define VWR_P9_FORM_STATFS "f"
#define VWR_P9_FORM_LOPEN "f4"
#define VWR_P9_FORM_LCREATE "fn444"
#define VWR_P9_FORM_SYMLINK "fnt4"
#define VWR_P9_FORM_MKNOD "fn4444"
#define VWR_P9_FORM_RENAME "fgn"
#define VWR_P9_FORM_READLINK "f"
#define VWR_P9_FORM_GETATTR "f8"
#define VWR_P9_FORM_SETATTR "f444488888"
#define VWR_P9_FORM_READDIR "f84"
#define VWR_P9_FORM_FSYNC "fo"
#define VWR_P9_FORM_LOCK "f14884w"
#define VWR_P9_FORM_GETLOCK "f1884w"
#define VWR_P9_FORM_LINK "gfn"
#define VWR_P9_FORM_MKDIR "fn44"
#define VWR_P9_FORM_RENAMEAT "fngm"
#define VWR_P9_FORM_UNLINKAT "fn4"
#define VWR_P9_FORM_VERSION "4w"
#define VWR_P9_FORM_ATTACH "44ss4"
#define VWR_P9_FORM_FLUSH "2"
#define VWR_P9_FORM_WALK "f42*"
#define VWR_P9_FORM_READ "f84"
#define VWR_P9_FORM_WRITE "f84d"
#define VWR_P9_FORM_CLUNK "f"
#define VWR_P9_FORM_REMOVE "f"

#define VWR_P9_VERSION "9P2000.L"
#define VWR_P9_UNKNOWN "unknown"
#define VWR_P9_HEADER 7u
#define VWR_P9_IO_HEADER 11u /* header of an answer with data; size of an error answer */
#define VWR_P9_QID 13u
#define VWR_P9_ENTRY 24u  /* entry of a folder, without its name */
#define VWR_P9_ATTR 153u  /* answer of Tgetattr, without its header */
#define VWR_P9_STATFS 60u /* answer of Tstatfs */
#define VWR_P9_NAMES 16u  /* maximum number of names in a walk */
#define VWR_P9_NO_FID 0xffffffffu
#define VWR_P9_NO_UID 0xffffffffu /* Tattach without a user: Linux with access=any */
#define VWR_P9_NO_TAG 0xffffu

/**
 * struct vwr_p9_qid - Identity of a file
 * @path: Unique within the file system.
 * @version: Changes when the file changes, if the server supports it.
 * @type: enum vwr_p9_qt.
 */
struct vwr_p9_qid {
    uint64_t path;
    uint32_t version;
    uint8_t type;
};

/**
 * struct vwr_p9_time - A time
 * @seconds: Seconds since 1970.
 * @nanoseconds: Nanoseconds.
 */
struct vwr_p9_time {
    uint64_t seconds;
    uint64_t nanoseconds;
};

/** enum vwr_p9_qt - Types of a qid */
enum vwr_p9_qt { VWR_P9_QT_FILE = 0, VWR_P9_QT_SYMLINK = 2, VWR_P9_QT_DIR = 0x80 };

/** enum vwr_p9_open - Flags of Tlopen and Tlcreate that a server has to support */
enum vwr_p9_open {
    VWR_P9_O_RDONLY = 0,
    VWR_P9_O_WRONLY = 1,
    VWR_P9_O_RDWR = 2,
    VWR_P9_O_ACCMODE = 3,
    VWR_P9_O_CREAT = 0x40,
    VWR_P9_O_EXCL = 0x80,
    VWR_P9_O_TRUNC = 0x200,
    VWR_P9_O_APPEND = 0x400,
    VWR_P9_O_DIRECTORY = 0x10000
};

/** enum vwr_p9_at - Flags of Tunlinkat */
enum vwr_p9_at { VWR_P9_AT_REMOVEDIR = 0x200 };

/**
 * enum vwr_p9_set - Attributes to set in Tsetattr. ATIME and MTIME without their SET flag mean the current
 *   time
 */
enum vwr_p9_set {
    VWR_P9_SET_MODE = 1,
    VWR_P9_SET_UID = 2,
    VWR_P9_SET_GID = 4,
    VWR_P9_SET_SIZE = 8,
    VWR_P9_SET_ATIME = 0x10, /* to the server's time, without ATIME_SET */
    VWR_P9_SET_MTIME = 0x20,
    VWR_P9_SET_CTIME = 0x40,
    VWR_P9_SET_ATIME_SET = 0x80,
    VWR_P9_SET_MTIME_SET = 0x100
};

#define VWR_P9_GET_BASIC 0x7ffu /* mask of Tgetattr: all but btime, gen, data_version */

/** enum vwr_p9_lock - Results of Tlock */
enum vwr_p9_lock { VWR_P9_LOCK_SUCCESS = 0, VWR_P9_LOCK_UNLOCKED = 2 };

/** enum vwr_p9_mode - File types of a mode */
enum vwr_p9_mode {
    VWR_P9_S_FMT = 0xf000,
    VWR_P9_S_FIFO = 0x1000,
    VWR_P9_S_CHR = 0x2000,
    VWR_P9_S_DIR = 0x4000,
    VWR_P9_S_BLK = 0x6000,
    VWR_P9_S_REG = 0x8000,
    VWR_P9_S_LNK = 0xa000,
    VWR_P9_S_SOCK = 0xc000,
    VWR_P9_S_GID = 0x400, /* set-group-ID */
    VWR_P9_S_PERM = 0xfff
};

/**
 * VWR_P9_DT() - File type as in struct dirent
 * @mode: Mode.
 */
#define VWR_P9_DT(mode) ((uint8_t)(((mode)&VWR_P9_S_FMT) >> 12))

/**
 * enum vwr_p9_errno - Linux error numbers that are the same on all architectures
 *
 * Map any other host error to one of these.
 */
enum vwr_p9_errno {
    VWR_P9_EPERM = 1,
    VWR_P9_ENOENT = 2,
    VWR_P9_EINTR = 4,
    VWR_P9_EIO = 5,
    VWR_P9_EBADF = 9,
    VWR_P9_EAGAIN = 11,
    VWR_P9_ENOMEM = 12,
    VWR_P9_EACCES = 13,
    VWR_P9_EBUSY = 16,
    VWR_P9_EEXIST = 17,
    VWR_P9_EXDEV = 18,
    VWR_P9_ENODEV = 19,
    VWR_P9_ENOTDIR = 20,
    VWR_P9_EISDIR = 21,
    VWR_P9_EINVAL = 22,
    VWR_P9_ENFILE = 23,
    VWR_P9_EMFILE = 24,
    VWR_P9_ETXTBSY = 26,
    VWR_P9_EFBIG = 27,
    VWR_P9_ENOSPC = 28,
    VWR_P9_EROFS = 30,
    VWR_P9_EMLINK = 31,
    VWR_P9_ENAMETOOLONG = 36,
    VWR_P9_ENOSYS = 38,
    VWR_P9_ENOTEMPTY = 39,
    VWR_P9_ELOOP = 40,
    VWR_P9_ENODATA = 61,
    VWR_P9_EPROTO = 71,
    VWR_P9_EMSGSIZE = 90,
    VWR_P9_EOPNOTSUPP = 95,
    VWR_P9_ESTALE = 116, /* the file of the fid is gone */
    VWR_P9_EDQUOT = 122
};

/**
 * vwr_p9_put() - Encode a number
 * @to: Destination.
 * @number: Number.
 * @bytes: Size of the number in bytes, up to 8.
 */
static inline void vwr_p9_put(uint8_t *to, uint64_t number, unsigned bytes)
{
    for (unsigned i = 0; i < bytes; i++, number >>= 8)
        to[i] = (uint8_t)number;
}

/**
 * vwr_p9_get() - Decode a number
 * @from: Encoded number, in memory that the other side cannot modify.
 * @bytes: Size of the number in bytes, up to 8.
 *
 * Return: The number.
 */
static inline uint64_t vwr_p9_get(const uint8_t *from, unsigned bytes)
{
    uint64_t number = 0;

    for (unsigned i = bytes; i != 0; i--)
        number = number << 8 | from[i - 1];
    return number;
}

/**
 * vwr_p9_next() - Decode a number and advance to the next one
 * @at: Position of the encoded number, in memory that the other side cannot modify. It is advanced beyond the
 *   number.
 * @bytes: Size of the number in bytes, up to 8.
 *
 * Return: The number.
 */
static inline uint64_t vwr_p9_next(const uint8_t **at, unsigned bytes)
{
    const uint64_t number = vwr_p9_get(*at, bytes);

    *at += bytes;
    return number;
}

/**
 * vwr_p9_is_name() - Test whether a string is a valid name of a file in a folder
 * @text: String; it need not be null-terminated.
 * @bytes: Length in bytes.
 *
 * Return: true if the string is neither empty nor ".", and contains neither NUL nor '/'. It may be ".." (the
 *   parent folder).
 */
static inline bool vwr_p9_is_name(const char *text, uint32_t bytes)
{
    for (uint32_t i = 0; i < bytes; i++)
        if (text[i] == '\0' || text[i] == '/')
            return false;
    return bytes > 1 || (bytes == 1 && text[0] != '.');
}

/**
 * vwr_p9_is_up() - Test whether a name is "..", the parent folder
 * @name: Name.
 * @bytes: Length in bytes.
 *
 * Return: true if it is "..".
 */
static inline bool vwr_p9_is_up(const char *name, uint32_t bytes)
{
    return bytes == sizeof("..") - 1u && name[0] == '.' && name[1] == '.';
}

/**
 * vwr_p9_measure_name() - Get the length of a name and check the name
 * @name: Terminated string.
 * @bytes: Filled in with its length in bytes; if it is too long, VWR_P9_NAME + 1.
 *
 * Return: true if it is a valid name (vwr_p9_is_name()) other than "..".
 */
static inline bool vwr_p9_measure_name(const char *name, uint16_t *bytes)
{
    uint32_t n = 0;

    while (n <= VWR_P9_NAME && name[n] != '\0')
        n++;
    *bytes = (uint16_t)n;
    return n <= VWR_P9_NAME && vwr_p9_is_name(name, n) && !vwr_p9_is_up(name, n);
}

#ifdef __cplusplus
}
#endif

#endif
