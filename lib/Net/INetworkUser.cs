// Who uses the stack and wants to know when something has come. Next: INicLink.cs
namespace RingOS.Net;

/// <summary>Told by the stack that a blocked operation is worth another try.</summary>
public interface INetworkUser
{
    /// <summary>Something arrived on the socket, or its next hop was resolved or given up.</summary>
    void OnSocketReady(int socket);

    /// <summary>A frame that was refused for want of room may be sent now; told once after each refusal.</summary>
    void OnRoom();
}
