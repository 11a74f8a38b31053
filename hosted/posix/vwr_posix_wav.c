/* SPDX-License-Identifier: MIT */
#include "posix_host.h"

#include "posix_size_limit.h"
#include "vwr_posix_wav.h"

#include <string.h>

/*
 * A RIFF file: a head of 12 bytes, then chunks, each with a head of 8 bytes and a pad byte if its size is
 * odd. "fmt " has the format, "fact" the number of frames unless the tag is WAV_PCM, "data" the frames. All
 * numbers are little-endian.
 */

#define WAV_PCM 1u             /* tag of integers, whose format is 16 bytes long */
#define WAV_EXTENSIBLE 0xfffeu /* the tag is in the extension */
#define WAV_RIFF 12u
#define WAV_CHUNK 8u
#define WAV_FORMAT 18u /* with the size of the extension */
#define WAV_TAG_AT 24u /* in the extension */
#define WAV_HEADER_MAX (WAV_RIFF + WAV_CHUNK + WAV_FORMAT + WAV_CHUNK + 4u + WAV_CHUNK)
#define WAV_COPY 4000u /* bytes of a copy */

struct wav_format {
    uint8_t format;
    uint8_t tag; /* in the header */
    uint8_t bits;
};

static const struct wav_format formats[] = {
    {VWR_SND_PCM_FMT_U8, 1, 8},    {VWR_SND_PCM_FMT_S16, 1, 16},   {VWR_SND_PCM_FMT_S24_3, 1, 24},
    {VWR_SND_PCM_FMT_S32, 1, 32},  {VWR_SND_PCM_FMT_FLOAT, 3, 32}, {VWR_SND_PCM_FMT_FLOAT64, 3, 64},
    {VWR_SND_PCM_FMT_A_LAW, 6, 8}, {VWR_SND_PCM_FMT_MU_LAW, 7, 8},
};

#define WAV_RATE(hz) [VWR_SND_PCM_RATE_##hz] = hz

static const uint32_t rates[] = {
    WAV_RATE(5512),   WAV_RATE(8000),   WAV_RATE(11025), WAV_RATE(16000), WAV_RATE(22050), WAV_RATE(32000),
    WAV_RATE(44100),  WAV_RATE(48000),  WAV_RATE(64000), WAV_RATE(88200), WAV_RATE(96000), WAV_RATE(176400),
    WAV_RATE(192000), WAV_RATE(384000), WAV_RATE(12000), WAV_RATE(24000),
};

#define WAV_FORMATS (sizeof(formats) / sizeof(formats[0]))
#define WAV_RATES (sizeof(rates) / sizeof(rates[0]))

static const struct wav_format *find_format(uint8_t format)
{
    for (size_t i = 0; i < WAV_FORMATS; i++)
        if (formats[i].format == format)
            return &formats[i];
    return NULL;
}

uint32_t vwr_posix_wav_second(uint8_t format, uint8_t rate, unsigned channels)
{
    const struct wav_format *const found = find_format(format);

    return found != NULL && rate < WAV_RATES ? rates[rate] * channels * found->bits / 8 : 0;
}

/* ---- the header ---- */

static void put(uint8_t *to, unsigned bytes, uint32_t n)
{
    for (unsigned i = 0; i < bytes; i++)
        to[i] = (uint8_t)(n >> 8 * i);
}

static uint32_t get(const uint8_t *from, unsigned bytes)
{
    uint32_t n = 0;

    for (unsigned i = 0; i < bytes; i++)
        n |= (uint32_t)from[i] << 8 * i;
    return n;
}

static void put_chunk(uint8_t *to, const char *name, uint32_t bytes)
{
    memcpy(to, name, 4);
    put(to + 4, 4, bytes);
}

static bool write_header(const struct vwr_posix_wav *w)
{
    const struct wav_format *const f = find_format(w->format);
    const uint32_t frame = w->channels * f->bits / 8u;
    const uint32_t format = f->tag == WAV_PCM ? WAV_FORMAT - 2u : WAV_FORMAT;
    uint8_t h[WAV_HEADER_MAX] = {0};
    uint8_t *at = h + WAV_RIFF;

    put_chunk(at, "fmt ", format);
    at += WAV_CHUNK;
    put(at, 2, f->tag);
    put(at + 2, 2, w->channels);
    put(at + 4, 4, rates[w->rate]);
    put(at + 8, 4, vwr_posix_wav_second(w->format, w->rate, w->channels));
    put(at + 12, 2, frame);
    put(at + 14, 2, f->bits);
    at += format;
    if (f->tag != WAV_PCM) {
        put_chunk(at, "fact", 4);
        put(at + WAV_CHUNK, 4, w->bytes / frame);
        at += WAV_CHUNK + 4;
    }
    put_chunk(at, "data", w->bytes);
    at += WAV_CHUNK;
    put_chunk(h, "RIFF", (uint32_t)(at - h) - WAV_CHUNK + w->bytes + w->bytes % 2);
    memcpy(h + WAV_CHUNK, "WAVE", 4);
    return fseek(w->file, 0, SEEK_SET) == 0 && fwrite(h, 1, (size_t)(at - h), w->file) == (size_t)(at - h);
}

static bool write_end(const struct vwr_posix_wav *w)
{
    return write_header(w) &&
           (w->bytes % 2 == 0 || (fseek(w->file, 0, SEEK_END) == 0 && fputc(0, w->file) != EOF));
}

/* Moves from a position in a chunk to the next chunk. */
static bool skip(FILE *file, uint32_t bytes, uint32_t at)
{
    return bytes < INT32_MAX && fseek(file, (long)(bytes + bytes % 2 - at), SEEK_CUR) == 0;
}

/* Reads heads of chunks up to the one with this name. */
static bool read_chunk(FILE *file, const char *name, uint32_t *bytes)
{
    uint8_t h[WAV_CHUNK];

    while (fread(h, 1, sizeof(h), file) == sizeof(h)) {
        *bytes = get(h + 4, 4);
        if (memcmp(h, name, 4) == 0)
            return true;
        if (!skip(file, *bytes, 0))
            break;
    }
    return false;
}

static bool read_format(struct vwr_posix_wav *w)
{
    uint8_t h[WAV_TAG_AT + 2] = {0};
    bool found = false;
    uint32_t bytes, n, tag;

    if (!read_chunk(w->file, "fmt ", &bytes) || bytes < WAV_FORMAT - 2u)
        return false;
    n = bytes < sizeof(h) ? bytes : (uint32_t)sizeof(h);
    if (fread(h, 1, n, w->file) != n || !skip(w->file, bytes, n))
        return false;
    tag = get(h, 2) == WAV_EXTENSIBLE ? get(h + WAV_TAG_AT, 2) : get(h, 2);
    for (size_t i = 0; i < WAV_FORMATS && !found; i++) {
        w->format = formats[i].format;
        found = formats[i].tag == tag && formats[i].bits == get(h + 14, 2);
    }
    w->channels = (uint16_t)get(h + 2, 2);
    for (size_t i = 0; i < WAV_RATES && found; i++) {
        w->rate = (uint8_t)i;
        if (rates[i] == get(h + 4, 4))
            return w->channels != 0;
    }
    return false;
}

static bool read_header(struct vwr_posix_wav *w)
{
    uint8_t h[WAV_RIFF];

    return fread(h, 1, sizeof(h), w->file) == sizeof(h) && memcmp(h, "RIFF", 4) == 0 &&
           memcmp(h + WAV_CHUNK, "WAVE", 4) == 0 && read_format(w) && read_chunk(w->file, "data", &w->bytes);
}

/* ---- files ---- */

int vwr_posix_wav_create(struct vwr_posix_wav *w, const char *path,
                         const struct vwr_snd_pcm_set_params_msg *params)
{
    memset(w, 0, sizeof(*w));
    w->format = params->format;
    w->rate = params->rate;
    w->channels = params->channels;
    w->writes = true;
    if (vwr_posix_wav_second(w->format, w->rate, w->channels) == 0)
        return VWR_EUNSUPP;
    w->file = fopen(path, "wb");
    if (w->file == NULL)
        return VWR_ENODEV;
    if (write_header(w)) /* into the stream's buffer */
        return VWR_OK;
    (void)fclose(w->file);
    return VWR_ENODEV;
}

int vwr_posix_wav_open(struct vwr_posix_wav *w, const char *path)
{
    memset(w, 0, sizeof(*w));
    w->file = fopen(path, "rb");
    if (w->file == NULL)
        return VWR_ENODEV;
    if (read_header(w))
        return VWR_OK;
    (void)fclose(w->file);
    return VWR_EUNSUPP;
}

int vwr_posix_wav_close(struct vwr_posix_wav *w)
{
    const bool whole = ferror(w->file) == 0; /* no write has failed before */
    struct posix_size_limit limit;
    bool ok;

    posix_size_limit_begin(&limit);
    ok = !w->writes || write_end(w);
    ok = fclose(w->file) == 0 && ok;
    posix_size_limit_end(&limit, !ok);
    if (ok && !whole)
        errno = EIO;
    return ok && whole ? VWR_OK : VWR_EIO;
}

/* ---- frames ---- */

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

static bool write_frames(struct vwr_posix_wav *w, const uint8_t *frames, uint32_t bytes)
{
    struct posix_size_limit limit;
    bool ok;

    posix_size_limit_begin(&limit);
    ok = fwrite(frames, 1, bytes, w->file) == bytes;
    posix_size_limit_end(&limit, !ok);
    return ok;
}

int vwr_posix_wav_play(struct vwr_posix_wav *w, struct vwr_vsound *v, uint32_t stream, uint32_t bytes)
{
    uint8_t frames[WAV_COPY];
    uint32_t done = 0;
    uint32_t n = 1;

    bytes = least(bytes, UINT32_MAX - WAV_HEADER_MAX - w->bytes); /* maximum size of a file */
    bytes = least(bytes, VWR_RESULT_MAX);
    for (; n != 0 && done < bytes; done += n) {
        n = vwr_vsound_take(v, stream, frames, least(bytes - done, WAV_COPY));
        if (!write_frames(w, frames, n))
            return VWR_EIO;
        w->bytes += n;
    }
    return (int)done;
}

int vwr_posix_wav_record(struct vwr_posix_wav *w, struct vwr_vsound *v, uint32_t stream, uint32_t bytes)
{
    uint8_t frames[WAV_COPY];
    uint32_t done = 0;
    uint32_t n, given;

    for (bytes = least(least(bytes, w->bytes), VWR_RESULT_MAX); done < bytes; done += given) {
        n = (uint32_t)fread(frames, 1, least(bytes - done, WAV_COPY), w->file);
        given = vwr_vsound_give(v, stream, frames, n);
        if (fseek(w->file, (long)given - (long)n, SEEK_CUR) != 0 || ferror(w->file) != 0)
            return VWR_EIO;
        w->bytes -= given;
        if (given == 0)
            break;
    }
    return (int)done;
}
