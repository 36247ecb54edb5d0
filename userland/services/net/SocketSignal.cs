// Tells the kernel's socket layer that a blocked operation is worth another try. Next: ServiceClock.cs
using RingOS.Abi;
using RingOS.Net;
using RingOS.User;

namespace RingOS.NetService;

internal sealed class SocketSignal : INetworkUser
{
    private readonly Notification _sockets = new(WellKnownHandle.SocketNotification);

    public void OnSocketReady(int socket) => _ = _sockets.Signal(1); // the kernel always takes it

    public void OnRoom() => _ = _sockets.Signal(1);
}
