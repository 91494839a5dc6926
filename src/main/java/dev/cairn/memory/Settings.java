package dev.cairn.memory;

import java.util.Optional;
import org.springframework.stereotype.Service;

/** Values that are chosen once for a catalogue and then kept. */
@Service
class Settings {

  Optional<String> find(String name) {
    throw new UnsupportedOperationException("not built yet");
  }

  /** Keeps the value unless one is kept already; returns the one that is kept. */
  String keep(String name, String value) {
    throw new UnsupportedOperationException("not built yet");
  }
}
