import Glibc

/// How many descriptors the process may have open.
package enum DescriptorLimit {
    package static var current: Int {
        var limit = rlimit()
        guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 1024 }
        return Int(clamping: limit.rlim_cur)
    }

    /// Raises the limit as far as the process may (`RLIMIT_NOFILE`, getrlimit(2)), and returns what it is.
    package static func raised() -> Int {
        var limit = rlimit()
        guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 1024 }
        var higher = limit
        higher.rlim_cur = limit.rlim_max
        let isRaised = unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &higher) == 0
        return Int(clamping: isRaised ? higher.rlim_cur : limit.rlim_cur)
    }
}
