// A program sees nothing of another domain but what it was sent: every register, flag, segment and SSE register and the stack, after every
// kind of way into the kernel and out again. The program and the service beside it: Programs/Onlooker. Next: WaysOutTests.cs
using System.Threading.Tasks;
using RingOS.Host.Machines;
using Xunit;

namespace RingOS.Tests.Boot;

public sealed class OnlookerTests
{
    // Calls that the kernel answers with calls of its own: the words of the network service or of the driver are theirs and the kernel's.
    [Theory]
    [InlineData("monolithic")]
    [InlineData("software")]
    [InlineData("ring1")]
    [InlineData("ring1-keys")]
    [InlineData("ring3")]
    [InlineData("ring3-queue")]
    [InlineData("microkernel")]
    public async Task RequestsLeaveNothingBesideTheirResult(string placement)
    {
        using DatagramSink sink = new();
        await RequireNothingAsync($"placement={placement} -- onlooker requests {sink.Port}", placement == "ring1-keys");
        Assert.NotEqual(0, sink.Received);
    }

    // Program and service both look; each is full of words of its own.
    [Theory]
    [InlineData("ring3")]
    [InlineData("ring1")]
    [InlineData("ring1-keys")]
    public async Task MessagesBringTheirWordsAndNothingElse(string domain)
        => await RequireNothingAsync($"peer=onlooker peer-domain={domain} -- onlooker messages", domain == "ring1-keys");

    private static async Task RequireNothingAsync(string words, bool hasKeys)
        => (await new Guest(words) { Act = hasKeys ? "no-gates" : "" }.RunAsync()).Prints("verdict 0").EndsWith(GuestEnding.Success);
}
