package io.tickethub.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyCipherTest {

  private static final byte[] KEY = key(1);
  private static final int NONCE_AND_TAG = 12 + 16;

  private final BodyCipher cipher = new BodyCipher(KEY);

  @Property
  void whatWasEncryptedIsDecrypted(@ForAll @Size(max = 2_000) byte[] plain) {
    byte[] encrypted = cipher.encrypt(plain);

    assertThat(cipher.decrypt(encrypted)).isEqualTo(plain);
    assertThat(encrypted).hasSize(1 + NONCE_AND_TAG + plain.length);
  }

  @Property
  void aChangedByteAnywhereIsNoticed(
      @ForAll @Size(max = 100) byte[] plain,
      @ForAll @IntRange(max = 10_000) int place,
      @ForAll @IntRange(min = 1, max = 255) int difference) {
    byte[] encrypted = cipher.encrypt(plain);
    encrypted[place % encrypted.length] ^= (byte) difference;

    assertThatIllegalArgumentException().isThrownBy(() -> cipher.decrypt(encrypted));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 12, 13, 28, 29, 40})
  void aTruncatedBodyIsNoticed(int length) {
    byte[] encrypted = cipher.encrypt("电话13800001234，请回电".getBytes(StandardCharsets.UTF_8));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> cipher.decrypt(Arrays.copyOf(encrypted, length)));
  }

  @Test
  void anotherKeyDoesNotOpenItAndTheErrorSaysWhereToLook() {
    byte[] encrypted = new BodyCipher(key(2)).encrypt(new byte[] {1, 2, 3});

    assertThatIllegalArgumentException()
        .isThrownBy(() -> cipher.decrypt(encrypted))
        .withMessageContaining("hub.encryption-key");
  }

  @Test
  void theSameBodyIsNeverEncryptedTheSameWay() {
    byte[] plain = "工单".getBytes(StandardCharsets.UTF_8);

    Set<String> nonces =
        IntStream.range(0, 10_000)
            .parallel()
            .mapToObj(number -> HexFormat.of().formatHex(cipher.encrypt(plain), 1, 13))
            .collect(Collectors.toSet());

    assertThat(nonces).hasSize(10_000);
  }

  @Test
  void theCipherWorksForManyThreadsAtOnce() {
    assertThat(IntStream.range(0, 2_000).parallel())
        .allSatisfy(
            number -> {
              byte[] plain = String.valueOf(number).repeat(50).getBytes(StandardCharsets.UTF_8);
              assertThat(cipher.decrypt(cipher.encrypt(plain))).isEqualTo(plain);
            });
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 16, 31, 33})
  void aKeyOfAnotherLengthIsRefused(int length) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BodyCipher(new byte[length]))
        .withMessageContaining("instead of 32");
  }

  private static byte[] key(int filler) {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) filler);
    return key;
  }
}
