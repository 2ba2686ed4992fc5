#pragma once
#include <zlib.h>

// A macro, which Swift does not import. A stream of the gzip format; `window` in bits and `memory` as zlib.h says.
static inline int czlib_begin_gzip(z_stream *stream, int level, int window, int memory) {
    return deflateInit2(stream, level, Z_DEFLATED, window + 16, memory, Z_DEFAULT_STRATEGY);
}
