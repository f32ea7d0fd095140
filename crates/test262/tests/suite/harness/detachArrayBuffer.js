/*---
description: Detaches a buffer
defines: [$DETACHBUFFER]
---*/

function $DETACHBUFFER(buffer) {
  $262.detachArrayBuffer(buffer);
}
