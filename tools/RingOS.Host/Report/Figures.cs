// How numbers are written in tables and charts: the same way, so that they can be found again. Next: ReportTable.cs
using System.Globalization;

namespace RingOS.Host.Report;

/// <summary>Formats numbers.</summary>
internal static class Figures
{
    public const string NotMeasured = "-";

    public static string Whole(double value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    public static string Whole(long value) => Whole((double)value);

    public static string Small(double value) => value.ToString("#,0.##", CultureInfo.InvariantCulture);

    public static string Ratio(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    public static string Whole(long? value) => value is long known ? Whole(known) : NotMeasured;
}
