namespace DiffSeg.Fuzzing;

/// <summary>
/// Changes a message of protobuf field by field, and mends the lengths of what it lies in. What is a message within a message is
/// guessed: bytes that read as one are one.
/// </summary>
internal static class WireMutator
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int Delimited = 2;
    private const int Fixed32 = 5;

    // Value: the number of a varint in eight bytes, else the bytes.
    private sealed record Field(int Number, int Type, byte[] Value);

    /// <summary>A changed message.</summary>
    /// <param name="random">The case's chance.</param>
    /// <param name="message">One that is right.</param>
    public static byte[] Mutate(Random random, byte[] message)
    {
        byte[] changed = message;
        for (int step = random.Steps(); step > 0; step--)
        {
            changed = Inside(random, changed);
        }

        return changed;
    }

    /// <summary>A message with changes deep inside.</summary>
    /// <param name="random">The case's chance.</param>
    /// <param name="message">One that is right.</param>
    /// <param name="path">
    /// The number of a field that is a message itself, of a field in that, and so on: what is at its end is changed, one of those
    /// where it comes several times.
    /// </param>
    public static byte[] MutateAt(Random random, byte[] message, params ReadOnlySpan<int> path)
    {
        if (path is not [var number, .. var further])
        {
            return Mutate(random, message);
        }

        List<Field> fields = Read(message) ?? throw new ArgumentException("This is no message.", nameof(message));
        int[] places = [.. Enumerable.Range(0, fields.Count).Where(i => fields[i].Number == number)];
        if (places.Length == 0)
        {
            return Mutate(random, message);
        }

        int at = random.Of(places);
        fields[at] = fields[at] with { Value = MutateAt(random, fields[at].Value, further) };
        return Write(fields);
    }

    private static byte[] Inside(Random random, byte[] message)
    {
        if (Read(message) is not { Count: > 0 } fields)
        {
            return ByteMutator.Mutate(random, message, message);
        }

        // Graphs have hundreds of nodes and one of all else: by number first, then one of those.
        int number = random.Of(fields.Select(field => field.Number).Distinct().ToArray());
        int at = random.Of(Enumerable.Range(0, fields.Count).Where(i => fields[i].Number == number).ToArray());
        Field chosen = fields[at];
        if (chosen.Type == Delimited && chosen.Value.Length > 0 && !random.OneIn(4) && Read(chosen.Value) is not null)
        {
            fields[at] = chosen with { Value = Inside(random, chosen.Value) };
        }
        else
        {
            Step(random, fields, at);
        }

        byte[] written = Write(fields);
        return random.OneIn(32) ? ByteMutator.Mutate(random, written, message) : written;
    }

    private static void Step(Random random, List<Field> fields, int at)
    {
        Field chosen = fields[at];
        switch (random.Next(8))
        {
            case 0:
                fields.RemoveAt(at);
                break;
            case 1:
                fields.Insert(random.Next(fields.Count + 1), chosen);
                break;
            case 2:
                fields[at] = fields[random.Next(fields.Count)] with { Number = chosen.Number };
                break;
            case 3:
                fields[at] = chosen with { Number = 1 + random.Next(24) };
                break;
            case 4:
                // Deeper and deeper into itself.
                byte[] nested = Write([chosen]);
                for (int depth = random.Next(200); depth > 0; depth--)
                {
                    nested = Write([chosen with { Type = Delimited, Value = nested }]);
                }

                fields[at] = chosen with { Type = Delimited, Value = nested };
                break;
            default:
                fields[at] = chosen with { Value = chosen.Type == Delimited ? ByteMutator.Mutate(random, chosen.Value, chosen.Value) : BitConverter.GetBytes(ByteMutator.Number(random)) };
                break;
        }
    }

    // Null where the bytes are no message.
    private static List<Field>? Read(ReadOnlySpan<byte> bytes)
    {
        List<Field> fields = [];
        while (!bytes.IsEmpty)
        {
            if (Number(ref bytes) is not { } key || key >> 3 is 0 or > 1 << 20)
            {
                return null;
            }

            int type = (int)(key & 7);
            ulong? length = type switch { Varint => 0, Fixed64 => 8, Fixed32 => 4, Delimited => Number(ref bytes), _ => null };
            ulong? number = type == Varint ? Number(ref bytes) : 0;
            if (length is not { } count || number is not { } value || count > (ulong)bytes.Length)
            {
                return null;
            }

            fields.Add(new((int)(key >> 3), type, type == Varint ? BitConverter.GetBytes(value) : bytes[..(int)count].ToArray()));
            bytes = bytes[(int)count..];
        }

        return fields;
    }

    private static ulong? Number(ref ReadOnlySpan<byte> bytes)
    {
        ulong value = 0;
        for (int i = 0; i < 10 && i < bytes.Length; i++)
        {
            value |= (ulong)(bytes[i] & 0x7F) << (7 * i);
            if (bytes[i] < 0x80)
            {
                bytes = bytes[(i + 1)..];
                return value;
            }
        }

        return null;
    }

    private static byte[] Write(List<Field> fields)
    {
        using var message = new MemoryStream();
        foreach (Field field in fields)
        {
            Put(message, ((ulong)(uint)field.Number << 3) | (uint)field.Type);
            switch (field.Type)
            {
                case Varint:
                    Put(message, BitConverter.ToUInt64(field.Value));
                    break;
                case Delimited:
                    Put(message, (ulong)field.Value.Length);
                    message.Write(field.Value);
                    break;
                default:
                    message.Write(field.Value.AsSpan(0, field.Type == Fixed32 ? 4 : 8));
                    break;
            }
        }

        return message.ToArray();
    }

    private static void Put(Stream message, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            message.WriteByte((byte)(value | 0x80));
        }

        message.WriteByte((byte)value);
    }
}
