// A made-up experiment for the tests of the report: a real simulated wire, guests that never ran. Next: ReportTests.cs
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using RingOS.Ethernet;
using RingOS.Host.Machines;
using RingOS.Host.Serial;
using RingOS.Hub;

namespace RingOS.Tests.Unit.Hub;

internal static class HubSample
{
    public static readonly HubOptions Options = new() { Hosts = 4, Milliseconds = 200, Completion = "wait" };

    /// <summary>All guests came to their end; the first datagram lost is the first write() of its host that failed.</summary>
    public static HubResult Full(HubOptions? options = null)
    {
        HubOptions asked = options ?? Options;
        HubResult wire = Run(asked, (int)(asked.Milliseconds * asked.Megabits * 1_000L));
        HostRun[] hosts = [.. Enumerable.Range(0, asked.Hosts).Select(host => new HostRun(host, GuestOf(wire, host), null))];
        return new HubResult(asked, wire.Medium, wire.Clock, hosts, wire.Frames, wire.TraceHash, null); // not "with": the figures are made of the hosts
    }

    /// <summary>Nothing was ever offered, and every guest died, saying what no page should repeat as it is.</summary>
    public static HubResult Dead(HubOptions? options = null) => Run(options ?? Options, 0) with { Trouble = "<b>all & sundry</b> wait" };

    // Every station always has another frame.
    private static HubResult Run(HubOptions options, int until)
    {
        FrameJournal journal = new();
        MediumTrace trace = new();
        Saturation saturation = new(options.Hosts);
        Medium medium = Medium.Create(options.Medium, new MediumObservers([trace, journal, saturation]));
        saturation.Medium = medium;
        if (until > 0)
            saturation.Start();
        medium.Run(until);
        HostRun[] hosts = [.. Enumerable.Range(0, options.Hosts).Select(static host => new HostRun(host, null, "<script>alert(\"1\")</script> & \u0001\uD800]]>"))];
        return new HubResult(options, medium.Statistics, medium.Clock, hosts, journal.Frames, trace.Hash, null);
    }

    private static GuestRun GuestOf(HubResult wire, int host)
    {
        StationStatistics station = wire.Medium.Stations[host];
        FrameRecord[] lost = [.. wire.LostOf(host)];
        IEnumerable<string> lines =
        [
            .. lost.Select((frame, index) => "{\"@mt\":\"iperf write {Write} failed\","
                + $"\"Write\":{frame.Datagram},\"Datagram\":{frame.Datagram},\"Errno\":5,\"BeganNanoseconds\":{index * 1000},\"Nanoseconds\":{frame.Report!.Value.EndedAt * 10}}}"),
            "{\"@mt\":\"iperf window: {Datagrams}\"," + $"\"Datagrams\":{station.Sent},\"WriteErrorsByErrno\":\"5:{lost.Length},105:7\",\"ServerReceived\":{station.Sent - 1}}}",
            "{\"@mt\":\"iperf NIC: {FramesSent}\"," + $"\"FramesSent\":{station.Sent - 2},\"Collisions\":{station.Collisions},\"ExcessiveCollisions\":{station.Excessive + 1}}}",
        ];
        return new GuestRun { Ending = GuestEnding.Success, Lines = [.. lines.Select(static line => new SerialLine(line, GuestEventReader.Read(line)))] };
    }

    private sealed class Saturation(int hosts) : IMediumObserver
    {
        private readonly int[] _datagrams = new int[hosts];
        private long _frames;

        public Medium? Medium { get; set; }

        public void Start()
        {
            for (int host = 0; host < hosts; host++)
                Offer(host);
        }

        public void OnSent(int station, Frame frame, TransmitReport report) => Offer(station);

        public void OnReceived(int station, Frame frame, long at)
        {
        }

        private void Offer(int host) => Medium!.Offer(host, new Frame(++_frames, Datagram(host, ++_datagrams[host])));

        // Ethernet, IPv4, UDP to port 5001, and iperf's number.
        private byte[] Datagram(int host, int number)
        {
            byte[] frame = new byte[1512];
            frame[0] = frame[6] = 0x52;
            frame[1] = frame[7] = 0x54;
            frame[5] = (byte)(StationAddress.PeerOf(host, hosts) + 1);
            frame[11] = (byte)(host + 1);
            frame[12] = 0x08;
            frame[14] = 0x45; // IPv4, no options
            frame[23] = 17;
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(36), 5001);
            BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(42), number);
            return frame;
        }
    }
}
