// Numbers of the command line: strict, and a word on what is wanted. Back to: SharedOptions.cs
using System.CommandLine.Parsing;
using System.Globalization;
using RingOS.Host;

namespace RingOS.Cli;

/// <summary>What <c>CustomParser</c> of a number's option calls; a bad one becomes an error of the command line.</summary>
internal static class Numbers
{
    public static int Whole(ArgumentResult result) => (int)Read(result, int.MaxValue);

    public static int? OptionalWhole(ArgumentResult result) => Whole(result);

    public static long? OptionalLong(ArgumentResult result) => (long)Read(result, long.MaxValue);

    public static ulong Seed(ArgumentResult result) => Read(result, ulong.MaxValue);

    /// <summary>With a point before the decimals.</summary>
    public static double Decimal(ArgumentResult result)
    {
        if (StrictNumber.TryDecimal(TextOf(result), out decimal value))
            return (double)value;
        result.AddError($"{NameOf(result)} takes a number such as 2 or 0.5, not '{TextOf(result)}'.");
        return 0;
    }

    private static ulong Read(ArgumentResult result, ulong most)
    {
        if (StrictNumber.TryWhole(TextOf(result), out ulong value) && value <= most)
            return value;
        result.AddError(string.Create(CultureInfo.InvariantCulture, $"{NameOf(result)} takes a whole number up to {most}, not '{TextOf(result)}'."));
        return 0;
    }

    private static string TextOf(ArgumentResult result) => result.Tokens.Count == 0 ? "" : result.Tokens[0].Value;

    private static string NameOf(ArgumentResult result) => (result.Parent as OptionResult)?.Option.Name ?? "it";
}
