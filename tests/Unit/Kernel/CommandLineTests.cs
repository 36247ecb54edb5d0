// Words of the kernel command line. Subject: kernel/boot/CommandLine.cs. Grammar: lib/Abi/BootProtocol.cs
using System.Linq;
using System.Text;
using CsCheck;
using RingOS.Kernel.Boot;
using Xunit;

namespace RingOS.Tests.Unit.Kernel;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("placement=ring3 nic=e1000 -- iperf -c 10.0.2.2 -u", "ring3", "e1000", "iperf -c 10.0.2.2 -u", "iperf")]
    [InlineData("nic=e1000 placement=ring3", "ring3", "e1000", "", "")]
    [InlineData("  placement=ring3    nic=e1000   --    hello   world  ", "ring3", "e1000", "hello   world  ", "hello")]
    [InlineData("", "", "", "", "")]
    [InlineData("   ", "", "", "", "")]
    [InlineData("--", "", "", "", "")]
    [InlineData("--   ", "", "", "", "")]
    [InlineData("-- hello", "", "", "hello", "hello")]
    [InlineData("  -- hello", "", "", "hello", "hello")]
    [InlineData("placement=ring3 --hello", "ring3", "", "", "")]
    [InlineData("--- placement=ring3", "ring3", "", "", "")]
    [InlineData("nic=e1000 -- placement=ring3 -- more", "", "e1000", "placement=ring3 -- more", "placement=ring3")]
    [InlineData("placement= nic=", "", "", "", "")]
    [InlineData("placement nic", "", "", "", "")]
    [InlineData("place=a placement2=b xplacement=c placement=ring3 placement=last", "ring3", "", "", "")]
    [InlineData("placement=a=b nic==", "a=b", "=", "", "")]
    [InlineData("-- -- hello", "", "", "-- hello", "--")]
    public void WordsAreFound(string line, string placement, string nic, string program, string name)
    {
        CommandLine parsed = new(Encoding.ASCII.GetBytes(line));
        Assert.Equal(placement, Text(parsed.Value("placement"u8)));
        Assert.Equal(nic, Text(parsed.Value("nic"u8)));
        Assert.Equal(program, Text(parsed.Program));
        Assert.Equal(name, Text(parsed.ProgramName));
    }

    [Fact]
    public void EqualsSplitting()
        => Gen.String[Gen.Char[" -=ab"], 0, 24].Sample(
            line =>
            {
                CommandLine parsed = new(Encoding.ASCII.GetBytes(line));
                string[] words = line.Split(' ', System.StringSplitOptions.RemoveEmptyEntries);
                string[] options = words.TakeWhile(word => word != "--").ToArray();
                foreach (string name in new[] { "a", "ab", "b", "-" })
                {
                    string? word = options.FirstOrDefault(option => option.StartsWith(name + "=", System.StringComparison.Ordinal));
                    Assert.Equal(word?[(name.Length + 1)..] ?? "", Text(parsed.Value(Encoding.ASCII.GetBytes(name))));
                }
                Assert.Equal(words.Skip(options.Length + 1).FirstOrDefault() ?? "", Text(parsed.ProgramName));
                Assert.Equal(
                    words.Skip(options.Length + 1), Text(parsed.Program).Split(' ', System.StringSplitOptions.RemoveEmptyEntries));
            },
            iter: 2_000, threads: 1);

    private static string Text(System.ReadOnlySpan<byte> bytes) => Encoding.ASCII.GetString(bytes);
}
