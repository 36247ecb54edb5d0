// Devices of a machine that live in this process: where QEMU and its plugin find what they share with them. tools/RingOS.RemoteDevices.
// Next: MachineOptions.cs
using System.Collections.Generic;
using System.Globalization;

namespace RingOS.Host.Machines;

/// <summary>Three memories, each named as another process may open it.</summary>
/// <param name="Memory">The guest's own.</param>
/// <param name="Window">The devices' registers.</param>
/// <param name="WindowLength">Bytes of it: a power of two.</param>
/// <param name="Turn">Whose turn it is, and what the guest has accessed.</param>
public sealed record MachineDevices(string Memory, string Window, int WindowLength, string Turn)
{
    /// <summary>The device of QEMU's that the registers lie behind.</summary>
    public const string Carrier = "ivshmem-plain";

    internal string PluginArguments => $",devices={Turn},window={Window}";

    internal IReadOnlyList<string> Arguments(int memoryMiB) =>
    [
        "-object", string.Create(CultureInfo.InvariantCulture, $"memory-backend-file,id=memory0,size={memoryMiB}M,share=on,mem-path={Memory}"),
        "-machine", "memory-backend=memory0",
        "-object", string.Create(CultureInfo.InvariantCulture, $"memory-backend-file,id=window0,size={WindowLength},share=on,mem-path={Window}"),
        "-device", $"{Carrier},memdev=window0",
    ];
}
