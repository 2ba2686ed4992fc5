import Glibc
import HTTP

/// A certificate of localhost until 2126, signed by itself, and its key: they are worth nothing.
enum TestCertificate {
    /// Ready for a server.
    static let loaded = Result { try load(directory()) }

    /// A directory with `cert.pem` and `key.pem`.
    static func directory() -> TemporaryDirectory {
        let directory = TemporaryDirectory()
        directory.write("cert.pem", certificate)
        directory.write("key.pem", key)
        unsafe chmod(directory.path + "/key.pem", 0o600)
        return directory
    }

    static func load(_ directory: TemporaryDirectory) throws -> TLSConfiguration {
        try TLSConfiguration(file: directory.path + "/cert.pem", keyFile: directory.path + "/key.pem")
    }

    static let certificate = """
        -----BEGIN CERTIFICATE-----
        MIIBnDCCAUGgAwIBAgIUfLdMrSwABWXge63+dOo0qQ7dKJYwCgYIKoZIzj0EAwIw
        FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyNTAzMjkxOVoYDzIxMjYxMTAx
        MDMyOTE5WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
        PQMBBwNCAARoHUyk4qE5i9c5VPg6OSWEEk0Qp34am1Od8Bh690sra/4tazz+OmIn
        tg61de6xE9xBLtRBgEY5HPrbf7pJHvVjo28wbTAdBgNVHQ4EFgQUteu5PHlLgtDK
        e/DgFzw5g+tqdXAwHwYDVR0jBBgwFoAUteu5PHlLgtDKe/DgFzw5g+tqdXAwDwYD
        VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
        zj0EAwIDSQAwRgIhAOCsmZl+9Lm1t/bAQYPNugoKzs3CvuxdLGytblQwmT9OAiEA
        rpnKAAOfeZrH1J+9LlbvsuHoafBF0QOCc+48YAtNa2k=
        -----END CERTIFICATE-----
        """

    static let key = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgL0+YUJUD4zdieOYq
        7bG+mns+4KM1IB1JBr9Vgai0KV2hRANCAARoHUyk4qE5i9c5VPg6OSWEEk0Qp34a
        m1Od8Bh690sra/4tazz+OmIntg61de6xE9xBLtRBgEY5HPrbf7pJHvVj
        -----END PRIVATE KEY-----
        """

    static let otherKey = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgsCua1ZfyyUebA2Bk
        17iqPzUBOBMVCrIaRxkljUViH56hRANCAAQQrbLazKMcBBW5/lM0YatBnnBpeorU
        6yoGnp7v3Ud+UE4Up1n/jZcTpzM37CTHSUCmZCIEtc4UUlLRile8zg8p
        -----END PRIVATE KEY-----
        """
}
