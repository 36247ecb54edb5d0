// Back to: ProxyMessage.cs
using System;

namespace RingOS.RemoteDevices;

/// <summary>What came over a link is not what QEMU sends. The message is one line for people.</summary>
public sealed class ProxyException(string message) : Exception(message);
