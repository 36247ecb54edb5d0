// Fills of what becomes of datagrams, and of hosts: told apart by colour, lightness and pattern. Back to: HubReport.cs
using System.Collections.Generic;
using System.Globalization;

namespace RingOS.Hub.Report;

/// <summary>Names that have a fill; letters, digits and spaces only, for they become references.</summary>
internal static class HubPalette
{
    public const string Delivered = "delivered";
    public const string Excessive = "lost after 16 collisions";
    public const string Late = "lost to a late one";
    public const string Unheard = "sent but not heard";
    public const string Waiting = "still waiting";
    public const string NotTaken = "never taken";
    public const string OtherHosts = "all others";

    /// <summary>Hosts with a fill of their own.</summary>
    public const int NamedHosts = 8;

    private const string NoPattern = "";

    public static readonly IReadOnlyDictionary<string, (string Colour, string Strokes)> Fills = new Dictionary<string, (string, string)>
    {
        [Delivered] = ("#009E73", NoPattern),
        [Excessive] = ("#D55E00", "M0,0 L8,8"),
        [Late] = ("#CC79A7", "M0,4 H8 M4,0 V8"),
        [Unheard] = ("#BBBBBB", "M0,4 H8"),
        [Waiting] = ("#FFFFFF", NoPattern),
        [NotTaken] = ("#F0E442", "M4,0 V8"),
        [HostName(0)] = ("#56B4E9", NoPattern),
        [HostName(1)] = ("#E69F00", "M0,8 L8,0"),
        [HostName(2)] = ("#009E73", "M4,0 V8"),
        [HostName(3)] = ("#FFFFFF", NoPattern),
        [HostName(4)] = ("#D55E00", "M0,0 L8,8"),
        [HostName(5)] = ("#F0E442", NoPattern),
        [HostName(6)] = ("#CC79A7", "M0,4 H8"),
        [HostName(7)] = ("#BBBBBB", "M0,4 H8 M4,0 V8"),
        [OtherHosts] = ("#888888", "M0,0 L8,8 M0,8 L8,0"),
    };

    /// <param name="host">From 0.</param>
    public static string HostName(int host) => string.Create(CultureInfo.InvariantCulture, $"host {host + 1}");
}
