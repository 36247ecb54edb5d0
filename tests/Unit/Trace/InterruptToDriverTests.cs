// How far it is from an interrupt to the driver. Code: tools/RingOS.Instrument/counting/InterruptTimes.cs. Next: TracePropertyTests.cs
using RingOS.Trace;
using Xunit;
using static RingOS.Tests.Unit.Trace.SyntheticTrace;

namespace RingOS.Tests.Unit.Trace;

public class InterruptToDriverTests
{
    [Theory]
    [InlineData("isr_31", false)]
    [InlineData("isr_32", true)]
    [InlineData("isr_47", true)]
    [InlineData("isr_48", false)]
    [InlineData("isr_64", false)] // the timer
    [InlineData("isr_79", false)]
    [InlineData("isr_80", true)]
    [InlineData("isr_81", false)]
    [InlineData("isr_common", false)]
    [InlineData("isr_4a", false)]
    public void OnlyLinesOfTheInterruptControllerAndMessagesAreEntries(string label, bool expected)
        => Assert.Equal(expected, EventRules.Default.Device.IsEntry(label));

    [Fact]
    public void TheMedianIgnoresWhatIsFarOut()
        => Assert.Equal(4, (new SyntheticTrace().Run(Main, 1, 3).Report() with { InterruptsToDriver = [4, 60, 2, 3] }).InterruptToDriver);

    [Fact]
    public void WithoutAnInterruptThereIsNoMedian() => Assert.Null(new SyntheticTrace().Run(DriverInterrupt, 2).Report().InterruptToDriver);
}
