import Glibc

/// A time in UTC, as the C library takes it apart.
package struct CivilTime {
    package let year: Int
    /// From 0.
    package let month: Int
    /// From 1.
    package let day: Int
    /// Days since Sunday.
    package let weekday: Int
    package let hour: Int
    package let minute: Int
    package let second: Int

    package init(_ unixSeconds: Int64) {
        var seconds = time_t(unixSeconds)
        var time = unsafe tm()
        // Fails only for a year that does not fit into an Int32.
        unsafe gmtime_r(&seconds, &time)
        year = unsafe Int(time.tm_year) + 1900
        month = unsafe Int(time.tm_mon)
        day = unsafe Int(time.tm_mday)
        weekday = unsafe Int(time.tm_wday)
        hour = unsafe Int(time.tm_hour)
        minute = unsafe Int(time.tm_min)
        second = unsafe Int(time.tm_sec)
    }

    /// The unix seconds at which that day begins; nil for a day that the month has not got. `month` is from 0, `day` from 1.
    package static func midnight(year: Int, month: Int, day: Int) -> Int64? {
        var time = unsafe tm()
        unsafe time.tm_year = Int32(year - 1900)
        unsafe time.tm_mon = Int32(month)
        unsafe time.tm_mday = Int32(day)
        // A day too many becomes one of the next month.
        let seconds = unsafe timegm(&time)
        return unsafe time.tm_mday == Int32(day) && time.tm_mon == Int32(month) ? Int64(seconds) : nil
    }
}
