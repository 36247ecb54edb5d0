// An array filled from whatever a handle names.
using System;
using System.Runtime.CompilerServices;

internal static class ArrayOfAField
{
    public static void Run(Array array) => RuntimeHelpers.InitializeArray(array, default);
}
