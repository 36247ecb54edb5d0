// An array inside a struct, indexed without bounds.
internal unsafe struct BufferWithoutBounds
{
    public fixed ulong Words[4];
}
