// What ends a driver ends it.
namespace Escape
{
    using System;

    internal static class Catching
    {
        public static int Run(int[] array)
        {
            try
            {
                return array[0];
            }
            catch (Exception)
            {
                return 0;
            }
        }
    }
}
