// The names that C programmers know errors by. Back to: GuestReport.cs
using System.Globalization;
using RingOS.Abi;

namespace RingOS.Hub;

/// <summary>Status numbers are errno numbers.</summary>
public static class ErrnoNames
{
    /// <summary>"EIO"; "errno 77" for one without a name here.</summary>
    public static string Of(int errno) => (Status)errno switch
    {
        Status.IoError => "EIO",
        Status.WouldBlock => "EAGAIN",
        Status.NoBufferSpace => "ENOBUFS",
        Status.NetworkDown => "ENETDOWN",
        Status.NetworkReset => "ENETRESET",
        Status.ConnectionRefused => "ECONNREFUSED",
        Status.HostUnreachable => "EHOSTUNREACH",
        _ => string.Create(CultureInfo.InvariantCulture, $"errno {errno}"),
    };
}
