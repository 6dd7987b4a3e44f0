using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace DiffSeg.Cli.Batching.Listing;

/// <summary>
/// Notices an id that comes twice, in 20 to 30 bytes for each: every shard has to know the ids of the whole list. A HashSet of
/// hashes takes 36 to 72, and half as much again while it grows.
/// </summary>
/// <remarks>A hash of 128 bits stands for each id: two of 100 million ids meet by chance once in 10^22 lists.</remarks>
internal sealed class KnownIds
{
    // Many small tables, so that growing copies little at once.
    private const int TableBits = 12;

    private readonly UInt128[][] _tables = new UInt128[1 << TableBits][];
    private readonly int[] _counts = new int[1 << TableBits];

    /// <summary>Adds an id.</summary>
    /// <param name="id">The id.</param>
    /// <returns>False where it is there already.</returns>
    public bool Add(string id)
    {
        // Zero marks a free place.
        UInt128 hash = UInt128.Max(1, XxHash128.HashToUInt128(MemoryMarshal.AsBytes(id.AsSpan())));
        int number = (int)(hash >> (128 - TableBits));
        UInt128[] table = _tables[number] ?? [];
        if ((_counts[number] + 1) * 5 > table.Length * 4)
        {
            _tables[number] = table = Grown(table);
        }

        ref UInt128 place = ref PlaceOf(hash, table);
        if (place == hash)
        {
            return false;
        }

        place = hash;
        _counts[number]++;
        return true;
    }

    private static UInt128[] Grown(UInt128[] table)
    {
        var grown = new UInt128[(table.Length * 3 / 2) + 4];
        foreach (UInt128 hash in table.Where(hash => hash != 0))
        {
            PlaceOf(hash, grown) = hash;
        }

        return grown;
    }

    // Where it is, or the free place where it belongs; a fifth of all places is free.
    private static ref UInt128 PlaceOf(UInt128 hash, UInt128[] table)
    {
        uint at = (uint)((ulong)hash % (ulong)table.Length);
        while (table[at] != 0 && table[at] != hash)
        {
            at = at + 1 < table.Length ? at + 1 : 0;
        }

        return ref table[at];
    }
}
