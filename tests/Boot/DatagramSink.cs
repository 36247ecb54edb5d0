// A UDP port of the host whose owner takes everything and answers nothing. Back to: Guest.cs
using System;
using System.Net;
using System.Net.Sockets;

namespace RingOS.Tests.Boot;

/// <summary>Without it, datagrams of a guest would be refused by the host, and the guest would be told.</summary>
internal sealed class DatagramSink : IDisposable
{
    private readonly UdpClient _client = new(new IPEndPoint(IPAddress.Loopback, 0));

    public int Port => ((IPEndPoint)_client.Client.LocalEndPoint!).Port;

    public void Dispose() => _client.Dispose();
}
