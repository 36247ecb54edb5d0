// Every outcome that crosses a boundary. POSIX errno numbers as on Linux x86-64. Next: SyscallNumber.cs
namespace RingOS.Abi;

/// <summary>
/// The outcome of an operation. A syscall returns a value of zero or more on success, or the negated number below;
/// the user library turns that into -1 and errno.
/// </summary>
public enum Status
{
    Ok = 0,
    NotPermitted = 1, // EPERM
    NoSuchFile = 2, // ENOENT
    Interrupted = 4, // EINTR
    IoError = 5, // EIO
    NotExecutable = 8, // ENOEXEC
    BadHandle = 9, // EBADF
    WouldBlock = 11, // EAGAIN
    NoMemory = 12, // ENOMEM
    AccessDenied = 13, // EACCES
    BadAddress = 14, // EFAULT
    Busy = 16, // EBUSY
    NoSuchDevice = 19, // ENODEV
    InvalidArgument = 22, // EINVAL
    TooManyHandles = 24, // EMFILE
    UnsupportedRequest = 25, // ENOTTY
    NoSuchSyscall = 38, // ENOSYS
    NotSocket = 88, // ENOTSOCK
    DestinationRequired = 89, // EDESTADDRREQ
    MessageTooLong = 90, // EMSGSIZE
    ProtocolNotSupported = 93, // EPROTONOSUPPORT
    AddressFamilyNotSupported = 97, // EAFNOSUPPORT
    AddressInUse = 98, // EADDRINUSE
    AddressNotAvailable = 99, // EADDRNOTAVAIL
    NetworkDown = 100, // ENETDOWN
    NetworkUnreachable = 101, // ENETUNREACH
    NetworkReset = 102, // ENETRESET: the network stack that had the socket is gone; a new socket works
    NoBufferSpace = 105, // ENOBUFS
    NotConnected = 107, // ENOTCONN
    TimedOut = 110, // ETIMEDOUT
    ConnectionRefused = 111, // ECONNREFUSED
    HostUnreachable = 113, // EHOSTUNREACH
    PeerGone = 130, // EOWNERDEAD: the service behind a link died or missed its deadline; write() turns it into EIO
}
