#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# Prints recorded exchanges as messages: decode.pl virtwright.json recorded.txtar
# It has nothing but that file from Virtwright: a reader of it in another language than its writer's.
use strict;
use warnings;
use utf8;
no warnings "portable";    # features have 64 bits
use JSON::PP;

my $FORMAT = 2;    # the layout of virtwright.json that is known here
my $HEAD   = 16;   # so many bytes of a longer part are shown
my $REST   = '…';  # what is not known of a struct
my (%numbers, %structs, %features, $file, $config);

# Bytes: a list of chunks, each [text] or, of those that are not known, [undef, how many].

sub size_of { my $n = 0; $n += defined $_->[0] ? length $_->[0] : $_->[1] for @{ $_[0] }; return $n }
sub known { return !grep { !defined $_->[0] } @{ $_[0] } }
sub bytes { return join '', map { $_->[0] } @{ $_[0] } }

sub chunks {
    my @made;
    for my $text (@_) {
        my ($hex, $more) = $text =~ /^([0-9a-f]*)(?:\+(\d+))?$/ or die "not a segment: $text\n";
        push @made, [ pack 'H*', $hex ] if length $hex;
        push @made, [ undef, $more ] if $more;
    }
    return \@made;
}

sub cut {
    my ($data, $at, $count) = @_;
    my ($end, @made) = ($at + $count);
    for my $chunk (@$data) {
        my $size = defined $chunk->[0] ? length $chunk->[0] : $chunk->[1];
        my ($first, $last) = ($at > 0 ? $at : 0, $end < $size ? $end : $size);
        push @made, defined $chunk->[0] ? [ substr $chunk->[0], $first, $last - $first ] : [ undef, $last - $first ]
            if $first < $last;
        $at -= $size;
        $end -= $size;
    }
    return \@made;
}

sub hex_of {
    my ($data, $most) = @_;
    return hex_of(cut($data, 0, $most)) . '…' . size_of($data) if $most && size_of($data) > $most;
    my ($text, $unknown) = ('', 0);
    for my $chunk (@$data, ['']) {
        if (!defined $chunk->[0]) { $unknown += $chunk->[1]; next }
        next if $chunk->[0] eq '' && !$unknown;
        $text .= "+$unknown" if $unknown;
        $unknown = 0;
        $text .= unpack 'H*', $chunk->[0];
    }
    return length $text ? $text : '-';
}

sub number {
    my ($type, $bytes) = @_;
    my $value = 0;
    $value = $value << 8 | ord for $type =~ /^be/ ? split //, $bytes : reverse split //, $bytes;
    return $value;
}

# Features, configuration, queues.

sub is_open { return !$_[0] || !@{ $_[0] } || grep { $features{$_} } @{ $_[0] } }

sub config_field {
    my ($path) = @_;
    my ($field) = grep { $_->{name} eq $path } @{ $structs{config}{fields} };
    return number($field->{type}, substr $config, $field->{offset}, $field->{size});
}

sub count_of {
    my ($queue) = @_;
    return config_field($queue->{field}) - ($queue->{less} // 0) if $queue->{field} && is_open($queue->{field_gate});
    return $queue->{count} // 1;
}

sub first_of {
    my ($queue) = @_;
    if (my $name = $queue->{behind}) {
        my ($other) = grep { $_->{name} eq $name } @{ $file->{queues} };
        return first_of($other) + (count_of($other) - 1) * ($other->{stride} // 1) + 1;
    }
    return $queue->{index} - grep { !is_open($_) } @{ $queue->{moves} // [] };
}

sub queue_name {
    my ($index) = @_;
    for my $queue (grep { is_open($_->{gate}) } @{ $file->{queues} }) {
        my ($at, $stride) = ($index - first_of($queue), $queue->{stride} // 1);
        return $queue->{name} if $at >= 0 && $at % $stride == 0 && $at / $stride < count_of($queue);
    }
    die "no queue $index\n";
}

# Messages.

sub selected {
    my ($exchange, $message, $sides) = @_;
    return 0 unless is_open($message->{gate}) && is_open($message->{also});
    return 0 if $message->{unless} && is_open($message->{unless});
    my @values = @{ $message->{values} // [] };
    for my $place (@{ $message->{select} // $exchange->{select} // [] }) {
        last unless @values;
        my $size = $numbers{ $place->{type} };
        my $data = defined $place->{offset} ? cut($sides->{ $place->{side} }, $place->{offset}, $size) : [];
        return 0 if size_of($data) < $size || !known($data);
        my $bits = (number($place->{type}, bytes($data)) & ~($place->{flags} // 0)) >> $place->{shift};
        $bits &= (1 << $place->{width}) - 1 if $place->{width} < 64;
        return 0 if $bits != shift @values;
    }
    return 1;
}

# An amount is a number, a reference, or undef for the rest.
sub amount {
    my ($said, $values) = @_;
    return $said unless ref $said;
    return config_field($said->{path}) unless exists $said->{part};
    my $found = $values->{ $said->{side} }{ $said->{part} };
    $found = field_value($found, $_) for split /\./, $said->{path} // '';
    return ref $found || !defined $found ? undef : $found + ($said->{plus} // 0);
}

sub field_value {
    my ($value, $name) = @_;
    return undef unless ref $value eq 'HASH' && $value->{fields};
    my ($found) = grep { $_->[0] eq $name } @{ $value->{fields} };
    return $found && $found->[1];
}

sub part_size {
    my ($part) = @_;
    for my $row (@{ ($part->{struct} && $structs{ $part->{struct} }{sizes}) // [] }) {
        return $row->[0] unless grep { !is_open($_) } @{ $row->[1] };
    }
    return $part->{size};
}

sub typed { return $_[0]{struct} || $_[0]{type} }

sub part_length {
    my ($part, $values, $side, $left, @later) = @_;
    return undef if !is_open($part->{gate}) || $part->{with} && !exists $values->{$side}{ $part->{with} };
    my $rest = $left;
    $rest -= part_length($_, $values, $side, 0) // 0 for @later;
    return undef if $part->{optional} && !$rest;
    my $amount = amount(typed($part) ? $part->{count} : $part->{bytes}, $values);
    return $rest > 0 ? $rest : 0 unless defined $amount;
    return typed($part) ? $amount * (amount($part->{stride}, $values) || part_size($part)) : $amount;
}

sub messages_of {
    my ($queue, $out, $back, $used) = @_;
    my $name = queue_name($queue);
    for my $exchange (grep { $_->{queue} eq $name } @{ $file->{messages} // [] }) {
        my $driver = $exchange->{sender} eq 'driver';
        next if $driver && !@$out && @$back && @{ $exchange->{rows} } > 1;
        my $sides = { R => $out, W => $driver ? $back : cut($back, 0, $used) };
        my ($message) = grep { selected($exchange, $_, $sides) } @{ $exchange->{rows} };
        return ($exchange, $message, $sides) if $message;
    }
    die "no message of $name\n";
}

sub decoded {
    my ($exchange, $message, $sides) = messages_of(@_);
    my (%values, @words) = (R => {}, W => {});
    for my $way ([ 'R', 'out' ], [ 'W', 'back' ]) {
        my ($side, $key) = @$way;
        my ($data, $at, @parts) = ($sides->{$side}, 0, @{ $message->{$key} // [] });
        push @words, '->' if $side eq 'W';
        while (my $part = shift @parts) {
            my $length = part_length($part, \%values, $side, size_of($data) - $at, @parts);
            next unless defined $length;
            die "$message->{name}: $part->{name} has $length bytes\n" if $length > size_of($data) - $at;
            $values{$side}{ $part->{name} } = part_value($part, cut($data, $at, $length), \%values);
            push @words, "$part->{name}=" . shown($values{$side}{ $part->{name} });
            $at += $length;
        }
        my $filled = $exchange->{multiple_of} // 1;
        die "$message->{name}: more than $exchange->{queue} has\n"
            if $at < size_of($data) && size_of($data) != int(($at + $filled - 1) / $filled) * $filled;
    }
    return join ' ', $exchange->{queue}, $message->{name}, @words;
}

# Values: a number, {data}, [list], or {fields => [[name, value], …]}.

sub part_value {
    my ($part, $data, $values) = @_;
    return { data => $data } unless typed($part);
    my $size   = part_size($part);
    my $stride = amount($part->{stride}, $values) || $size;
    my $one    = sub {
        my $bytes = cut($data, $_[0], $size);
        return known($bytes) ? number($part->{type}, bytes($bytes)) : { data => $bytes } if $part->{type};
        return struct_value($structs{ $part->{struct} }{fields}, $part->{begin} // 0, $bytes);
    };
    return $one->(0) if defined $part->{count} && !ref $part->{count} && $part->{count} == 1;
    my @found;
    for (my $at = 0; $at < size_of($data); $at += $stride) { push @found, $one->($at) }
    return \@found;
}

# The fields that lie in these bytes of a struct; of bytes that are not all known those before, and the rest.
sub struct_value {
    my ($fields, $begin, $data) = @_;
    my $size = size_of($data);
    my @here = grep {
        defined $_->{size} && defined $_->{offset} && $_->{offset} >= $begin && $_->{offset} + $_->{size} <= $begin + $size
    } @$fields;
    my ($end, @found) = known($data) ? $size : 0;
    unless (known($data)) {
        for (map { $_->{offset} - $begin + $_->{size} } @here) { $end = $_ if $_ > $end && known(cut($data, 0, $_)) }
    }
    for my $field (grep { $_->{offset} + $_->{size} <= $begin + $end } @here) {
        my $bytes = bytes(cut($data, $field->{offset} - $begin, $field->{size}));
        push @found, [ $field->{name}, field_of($field, $bytes) ] unless $field->{reserved} && $bytes =~ /^\0*$/;
    }
    push @found, [ $REST, { data => cut($data, $end, $size - $end) } ] if $end < $size;
    return { fields => \@found };
}

sub field_of {
    my ($field, $bytes) = @_;
    return element_of($field, $bytes) unless $field->{array};
    return { data => [ [$bytes] ] } if $field->{type} =~ /^(u8|struct|union)$/;
    my $size = $field->{size} / $field->{count};
    return [ map { element_of($field, substr $bytes, $_ * $size, $size) } 0 .. $field->{count} - 1 ];
}

sub element_of {
    my ($field, $bytes) = @_;
    my $type = $field->{type};
    return number($type, $bytes) if $numbers{$type};
    return struct_value($structs{$type}{fields}, 0, [ [$bytes] ]) if $structs{$type};
    return { data => [ [$bytes] ] } if $type eq 'union';
    return struct_value($field->{members}, $field->{offset}, [ [$bytes] ]);
}

sub shown {
    my ($value) = @_;
    return @$value ? @$value . '*' . shown($value->[0]) : '0*' if ref $value eq 'ARRAY';
    return $value unless ref $value;
    return hex_of($value->{data}, $HEAD) if $value->{data};
    return '{' . join(' ', map { "$_->[0]=" . shown($_->[1]) } @{ $value->{fields} }) . '}';
}

# The files.

sub features_of {
    my ($of, $bits) = @_;
    my ($group) = grep { $_->{kind} eq 'features' } @{ $of->{groups} };
    for my $row (@{ $group->{values} }) { $features{ $row->{name} } = 1 if $bits >> $row->{value} & 1 }
    return;
}

sub device {
    my ($description, %said) = @_;
    ($file) = grep { defined $_->{id} && $_->{id} == $said{device} } @{ $description->{files} };
    my ($common) = grep { $_->{kind} eq 'features' } @{ $description->{files} };
    %numbers  = %{ $description->{numbers} };
    %structs  = map { $_->{name} => $_ } @{ $file->{structs} // [] };
    %features = ();
    features_of($_, oct $said{features}) for $common, $file;
    $config = pack 'H*', $said{config} =~ s/-//r;
    return;
}

sub slurp {
    open my $from, '<:raw', $_[0] or die "$_[0]: $!\n";
    local $/;
    return <$from>;
}

binmode STDOUT, ':utf8';
my ($path, @recordings) = @ARGV;
die "decode.pl virtwright.json recorded.txtar\n" unless @recordings;
my $description = JSON::PP->new->utf8->decode(slurp($path));
die "$path has format $description->{format}, this reader knows $FORMAT\n" unless $description->{format} == $FORMAT;
for my $recording (@recordings) {
    my %said;
    for (split /\n/, slurp($recording)) {
        next if /^#/;
        if (/^-- /) { %said = (); print "$_\n"; next }
        my ($word, @rest) = split;
        if ($word ne 'x') { $said{$word} = $rest[0]; next }
        device($description, %said) unless $said{begun}++;
        my ($queue, $used, undef, @parts) = @rest;
        my ($border) = grep { $parts[$_] eq 'W' } 0 .. $#parts;
        my @sides = (chunks(@parts[ 0 .. $border - 1 ]), chunks(@parts[ $border + 1 .. $#parts ]));
        my $line = eval { decoded($queue, @sides, $used) };
        print defined $line ? $line : "queue $queue: $@";
        print "\n" if defined $line;
    }
}
