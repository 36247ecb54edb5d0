// What misbehaving comes to in one domain. Implementations: native/NativeActs.cs, GrantActs.cs
namespace RingOS.Hosts.Faulty;

/// <summary>The acts themselves. Whether they succeed is the experiment.</summary>
public interface IFaultActs
{
    /// <summary>Stores <see cref="FaultyDriver.WildValue"/> at an address.</summary>
    void WriteAt(ulong address);

    /// <summary>Writes a descriptor outside the granted memory.</summary>
    void WriteDescriptor();

    /// <summary>Clears CR0.WP.</summary>
    void UsePrivilege();

    /// <summary>Ends the driver. Does not return.</summary>
    void End();
}
