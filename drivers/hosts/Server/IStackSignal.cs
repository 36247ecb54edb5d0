// How a host wakes the network stack. Next: NicServer.cs
namespace RingOS.Hosts.Server;

/// <summary>Tells the stack that its event ring has news.</summary>
public interface IStackSignal
{
    void Signal();
}
