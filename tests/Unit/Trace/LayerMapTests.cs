// Methods to layers. Code: tools/RingOS.Trace/LayerRules.cs. Next: TraceAnalyzerTests.cs
using System;
using System.Linq;
using RingOS.Trace;
using Xunit;

namespace RingOS.Tests.Unit.Trace;

public class LayerMapTests
{
    [Theory]
    [InlineData("iperf", "RingOS_Iperf_RingOS_Iperf_Client__Run", "application")]
    [InlineData("ping", "RingOS_Ping_Program__Main", "application")]
    [InlineData("hello", "_start", "application")]
    [InlineData("iperf", "RingOS_User_RingOS_User_File__Write", "user stub")]
    [InlineData("iperf", "syscall_stub", "user stub")]
    [InlineData("kernel", "RingOS_Net_RingOS_Net_NetworkStack__Send", "net")]
    [InlineData("net", "RingOS_Net_RingOS_Net_Udp__Send", "net")]
    [InlineData("kernel", "RingOS_Kernel_RingOS_Kernel_Syscalls_Write__Handle", "syscall")]
    [InlineData("kernel", "syscall_entry", "syscall")]
    [InlineData("kernel", "copy_user", "syscall")]
    [InlineData("kernel", "RingOS_Kernel_RingOS_Kernel_Placement_MessageLink__Transmit", "link")]
    [InlineData("kernel", "RingOS_Kernel_RingOS_Kernel_Ipc_Endpoint__Transfer", "link")]
    [InlineData("e1000", "RingOS_Hosts_RingOS_Hosts_ServiceHost__Run", "link")]
    [InlineData("kernel", "RingOS_Kernel_RingOS_Kernel_Threads_Scheduler__Next", "switch")]
    [InlineData("kernel", "context_switch", "switch")]
    [InlineData("kernel", "RingOS_Kernel_RingOS_Kernel_Arch_X64_X64Processor__Switch", "switch")]
    [InlineData("kernel", "RingOS_Kernel_RingOS_Kernel_Threads_HandleTable__Find", "syscall")]
    [InlineData("kernel", "RingOS_Kernel_RingOS_Kernel_Sockets_Socket__Write", "syscall")]
    [InlineData("kernel", "RingOS_Kernel_RingOS_Kernel_Arch_X64_InterruptController__End", "interrupt")]
    [InlineData("kernel", "RingOS_Kernel_RingOS_Kernel_KernelEntry__OnInterrupt", "interrupt")]
    [InlineData("kernel", "RingOS_Hardware_RingOS_Hardware_EventRingConsumer__Drain", "link")]
    [InlineData("kernel", "out8", null)]
    [InlineData("nic", "RingOS_Hosts_Service_RingOS_Hosts_Service_ServiceHost__Run", "link")]
    [InlineData("net", "RingOS_NetService_RingOS_NetService_NicClient__Transmit", "link")]
    [InlineData("net", "RingOS_NetService_RingOS_NetService_NetHost__Run", "net")]
    [InlineData("e1000", "RingOS_Drivers_RingOS_Drivers_E1000_Controller__OnInterrupt", "driver")]
    [InlineData("e1000", "RingOS_Hardware_RingOS_Hardware_MappedMmioRegion__MmioStore", "driver")]
    [InlineData("kernel", "RingOS_Kernel_RingOS_Kernel_Interrupts_Dispatcher__Handle", "interrupt")]
    [InlineData("kernel", "interrupt_entry", "interrupt")]
    [InlineData("kernel", "isr_43", "interrupt")]
    [InlineData("kernel", "RingOS_Kernel_RingOS_Kernel_KernelMain__Run", "other")]
    [InlineData("e1000", "_start", "other")]
    [InlineData("iperf", "memmove", null)]
    [InlineData("kernel", "RhpInterfaceDispatch", null)]
    [InlineData("iperf", "RingOS_CoreLib_System_SpanHelpers__Memmove", null)]
    [InlineData("kernel", "RingOS_Hardware_RingOS_Hardware_PacketPool__At", null)]
    [InlineData("net", "RingOS_Abi_RingOS_Abi_EventRing__Pack", null)]
    [InlineData("iperf", "__GetNonGCStaticBase_RingOS_Iperf_Client", null)]
    public void EveryKindOfMethodHasItsLayer(string image, string method, string? expected)
        => Assert.Equal(expected, LayerMap.Default.LayerOf(new Method(1, image, method))?.Name());

    [Fact]
    public void TheFirstRuleThatMatchesDecides()
    {
        LayerMap map = new([new(Layer.Net, Contains: "Send"), new(Layer.Link, Prefix: "Q")], []);
        Assert.Equal(Layer.Net, map.LayerOf(new Method(1, "kernel", "QSend")));
        Assert.Equal(Layer.Link, map.LayerOf(new Method(1, "kernel", "Queue")));
        Assert.Equal(Layer.Other, map.LayerOf(new Method(1, "kernel", "Else")));
    }

    [Fact]
    public void LayersHaveTheNamesOfTheDesign()
        => Assert.Equal(
            ["application", "user stub", "syscall", "net", "link", "switch", "driver", "interrupt", "other"],
            Enum.GetValues<Layer>().Select(layer => layer.Name()));
}
