// Dotted IPv4 addresses in text. Back to: NetworkConfiguration.cs
using System;

namespace RingOS.Net;

/// <summary>10.0.2.15 as a number in host order.</summary>
public static class AddressText
{
    /// <summary>False unless the text is four decimal numbers from 0 to 255 with dots between.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out uint address)
    {
        address = 0;
        uint part = 0;
        int digits = 0;
        int dots = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == (byte)'.' && digits != 0 && dots < 3)
            {
                address = (address << 8) | part;
                part = 0;
                digits = 0;
                dots++;
                continue;
            }
            part = (part * 10) + (uint)(text[i] - '0');
            digits++;
            if (text[i] is < (byte)'0' or > (byte)'9' || part > 255 || digits > 3)
                return false;
        }
        address = (address << 8) | part;
        return dots == 3 && digits != 0;
    }
}
